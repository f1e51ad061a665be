//! The environment that answers run in: an interpreter with JAX and Flax in the versions that define the bits.
//!
//! One of the person's own is used where it has them. Else one is made in the cache (`install.rs`).

use std::path::{Path, PathBuf};

use super::driver::{self, Driver};
use super::interpreter::{self, Interpreter};
use super::{compiled, contents, error, install, prune};
use crate::digest::PartsDigest;
use crate::files::{self, Cache};
use crate::seal::hex::encode;
use crate::track::{Progress, TrackError};

/// The oldest Python that JAX and Flax run on in these versions.
const OLDEST: [u32; 3] = [3, 11, 0];

/// What an environment has to have, and how its version begins. The bits of eager code are those of these versions.
const SUPPORTED: &[(&str, &str)] = &[
    ("jax", "0.10."),
    ("jaxlib", "0.10."),
    ("flax", "0.12."),
    ("numpy", "2."),
];

/// The file that names the Python that was chosen with `--python`.
const CHOSEN: &str = "python/chosen.txt";

/// An interpreter with everything that answers need, and our own code for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Environment {
    pub(super) interpreter: Interpreter,
    pub(super) driver: Driver,
    /// The digest of the packages' files.
    pub(super) contents: String,
    /// The compile cache, if there is one.
    pub(super) compiled: Option<PathBuf>,
}

impl Environment {
    /// What it is, as people name it.
    pub(super) fn name(&self) -> String {
        format!(
            "Python {}, {}",
            self.interpreter.version(),
            versions(&self.interpreter)
        )
    }

    /// The digest of everything that decides what an answer gives: the interpreter, every distribution and its files, the
    /// driver.
    pub(super) fn digest(&self) -> String {
        let interpreter = &self.interpreter;
        let mut digest = PartsDigest::default();
        digest.add(interpreter.executable.as_os_str().as_encoded_bytes());
        digest.add(interpreter.version());
        for (name, version) in &interpreter.packages {
            digest.add(name);
            digest.add(version);
        }
        digest.add(&self.contents);
        digest.add(&self.driver.digest);
        encode(&digest.finish()[..12])
    }
}

/// The versions that matter to answers.
pub(super) fn versions(interpreter: &Interpreter) -> String {
    let version = |name: &&str| Some(format!("{name} {}", interpreter.package(name)?));
    let known: Vec<_> = ["jax", "flax", "numpy"]
        .iter()
        .filter_map(version)
        .collect();
    known.join(", ")
}

/// Whether an interpreter has everything in a version that is supported.
pub(super) fn fits(interpreter: &Interpreter) -> bool {
    let has = |(name, version): &(&str, &str)| {
        interpreter
            .package(name)
            .is_some_and(|found| found.starts_with(version))
    };
    interpreter.version >= OLDEST && SUPPORTED.iter().all(has)
}

/// The first environment that fits, if there is one.
///
/// # Errors
/// When the cache cannot be written.
pub(super) fn find(cache: &Cache) -> Result<Option<Environment>, TrackError> {
    let found = programs(cache)
        .iter()
        .filter_map(|program| interpreter::ask(cache, program))
        .find(fits);
    let Some(interpreter) = found.or_else(|| made(cache)) else {
        return Ok(None);
    };
    let contents = contents::digest(cache, &interpreter)
        .map_err(|error| error::unreadable(&error.to_string()))?;
    let driver = driver::provide(cache)?;
    let mut environment = Environment {
        interpreter,
        driver,
        contents,
        compiled: None,
    };
    environment.compiled = compiled::find(cache, &environment);
    Ok(Some(environment))
}

/// The first environment that fits; makes one where there is none.
///
/// # Errors
/// When there is no Python, no network, no room.
pub(super) fn provide(
    cache: &Cache,
    progress: &mut dyn FnMut(Progress),
) -> Result<Environment, TrackError> {
    let mut environment = match find(cache)? {
        Some(found) => found,
        None => {
            let base = base(cache).ok_or_else(error::no_python)?;
            install::make(cache, &base, progress)?;
            find(cache)?.ok_or_else(|| {
                error::install("the packages are not there after they were installed")
            })?
        }
    };
    environment.compiled = compiled::provide(cache, &environment, progress)?;
    let used = [&environment.interpreter.prefix, &environment.driver.folder];
    let used = used.into_iter().chain(&environment.compiled);
    prune::prune(cache, used.map(PathBuf::as_path));
    Ok(environment)
}

/// Finds or makes an environment with the Python that was named, and remembers that it was.
///
/// # Errors
/// As [`provide`], and when what was named is no Python.
pub(super) fn set_up(
    cache: &Cache,
    program: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), TrackError> {
    if let Some(program) = program {
        let named = std::path::absolute(program).unwrap_or_else(|_| program.to_owned());
        let found = interpreter::ask(cache, &named)
            .filter(|interpreter| interpreter.version >= OLDEST)
            .ok_or_else(|| error::no_such_python(program))?;
        files::make_folder(&cache.folder().join("python"))?;
        let text = found.executable.to_string_lossy().into_owned();
        files::write_whole(&cache.folder().join(CHOSEN), text.as_bytes())?;
    }
    provide(cache, progress)?;
    Ok(())
}

/// The programs that are looked at, the preferred ones first.
pub(super) fn programs(cache: &Cache) -> Vec<PathBuf> {
    let chosen = std::fs::read_to_string(cache.folder().join(CHOSEN)).ok();
    let chosen = chosen.map(PathBuf::from).filter(|file| file.is_file());
    chosen
        .into_iter()
        .chain(interpreter::candidates())
        .collect()
}

/// The interpreter that an environment in the cache is made with.
fn base(cache: &Cache) -> Option<Interpreter> {
    programs(cache)
        .iter()
        .filter_map(|program| interpreter::ask(cache, program))
        .find(|interpreter| interpreter.version >= OLDEST)
}

/// The environment in the cache, if it was made and its Python is still there.
fn made(cache: &Cache) -> Option<Interpreter> {
    let base = base(cache)?;
    let program = install::made(cache, &base)?;
    interpreter::ask(cache, &program).filter(fits)
}
