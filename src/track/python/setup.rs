//! Finds the environment for answers, or creates it.
//!
//! The user's own environment is used if it has the right versions. Otherwise one is created in the cache
//! (`install.rs`).

use std::path::{Path, PathBuf};

use super::environment::{Environment, OLDEST, fits};
use super::interpreter::{self, Interpreter};
use super::{compiled, contents, driver, error, install, prune};
use crate::files::{self, Cache};
use crate::track::{Progress, TrackError};

/// The file with the Python that was chosen with `--python`.
const CHOSEN: &str = "python/chosen.txt";

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

/// The first environment that fits, or a new one.
///
/// # Errors
/// When there is no Python, no network or no disk space.
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

/// Finds or creates an environment with the given Python, and remembers the choice.
///
/// # Errors
/// As [`provide`], and when the given program is not a Python.
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

/// The candidates, in order of preference.
pub(super) fn programs(cache: &Cache) -> Vec<PathBuf> {
    let chosen = std::fs::read_to_string(cache.folder().join(CHOSEN)).ok();
    let chosen = chosen.map(PathBuf::from).filter(|file| file.is_file());
    chosen
        .into_iter()
        .chain(interpreter::candidates())
        .collect()
}

/// The interpreter for creating an environment in the cache.
fn base(cache: &Cache) -> Option<Interpreter> {
    programs(cache)
        .iter()
        .filter_map(|program| interpreter::ask(cache, program))
        .find(|interpreter| interpreter.version >= OLDEST)
}

/// The environment in the cache, if it exists and its Python still does.
fn made(cache: &Cache) -> Option<Interpreter> {
    let base = base(cache)?;
    let program = install::made(cache, &base)?;
    interpreter::ask(cache, &program).filter(fits)
}
