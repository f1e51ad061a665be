//! The Python interpreters of this machine: each is queried once, and again when one of its files has changed.
//!
//! The program on `PATH` is often a shim of pyenv or conda, so only the interpreter itself knows where it is.
//! `environment.rs` chooses among them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::catalog::Course;
use crate::files::{self, Cache};
use crate::sandbox::Tool;
use crate::track::programs;
use crate::track::stamp::Stamp;

/// An interpreter's description of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Interpreter {
    /// The program; for a virtual environment, the one in it.
    pub(super) executable: PathBuf,
    /// The folder of its environment.
    pub(super) prefix: PathBuf,
    /// The program that created a virtual environment.
    pub(super) base: PathBuf,
    /// The folder of its standard library.
    pub(super) base_prefix: PathBuf,
    /// Its version.
    pub(super) version: [u32; 3],
    /// Its module search path.
    pub(super) path: Vec<PathBuf>,
    /// Every distribution that is installed, with its version.
    pub(super) packages: BTreeMap<String, String>,
}

impl Interpreter {
    /// Its version as people write it.
    pub(super) fn version(&self) -> String {
        let [major, minor, patch] = self.version;
        format!("{major}.{minor}.{patch}")
    }

    /// The version of a distribution, if it is installed.
    pub(super) fn package(&self, name: &str) -> Option<&str> {
        self.packages.get(name).map(String::as_str)
    }

    /// The state of the files that determine it: installing a package changes a folder on its path.
    fn stamps(&self, file: &Path) -> Vec<Option<Stamp>> {
        let configuration = self.prefix.join("pyvenv.cfg");
        let own = [file, &self.executable, &self.base, &configuration];
        let path = self.path.iter().map(PathBuf::as_path);
        own.into_iter().chain(path).map(Stamp::of).collect()
    }
}

/// An interpreter's description when it was queried.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownInterpreter {
    stamps: Vec<Option<Stamp>>,
    interpreter: Interpreter,
}

/// The program that queries an interpreter.
const QUESTION: &str = include_str!("question.py");

/// The programs that may be a Python with JAX, in order of preference: an activated environment, one next to the
/// course, the one on `PATH`.
pub(super) fn candidates() -> Vec<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let course = std::env::current_dir()
        .ok()
        .and_then(|here| Course::find(&here).ok());
    let environments = [
        variable("VIRTUAL_ENV").map(PathBuf::from),
        course.map(|course| course.root.join(".venv")),
        variable("CONDA_PREFIX").map(PathBuf::from),
    ];
    let environments = environments.into_iter().flatten();
    let in_environments = environments.map(|folder| folder.join("bin/python"));
    let on_path = ["python3", "python"]
        .into_iter()
        .filter_map(programs::on_path);
    let mut all: Vec<_> = in_environments
        .filter(|file| file.is_file())
        .chain(on_path)
        .collect();
    let mut seen = Vec::new();
    all.retain(|file| {
        !seen.contains(file) && {
            seen.push(file.clone());
            true
        }
    });
    all
}

/// Queries a program; `None` if it is not a working Python.
pub(super) fn ask(cache: &Cache, program: &Path) -> Option<Interpreter> {
    let memory = cache.folder().join("python/interpreters.json");
    let mut known: BTreeMap<PathBuf, KnownInterpreter> = std::fs::read(&memory)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default();
    if let Some(found) = known.get(program)
        && found.stamps == found.interpreter.stamps(program)
    {
        return Some(found.interpreter.clone());
    }
    let mut command = Command::new(program);
    // The user's Python settings do not apply to answers.
    for (name, _) in std::env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"PYTHON") {
            command.env_remove(name);
        }
    }
    command.args(["-s", "-P", "-c", QUESTION]).current_dir("/");
    let output = Tool::output(&mut command).ok()?;
    let interpreter: Interpreter = serde_json::from_slice(&output.stdout).ok()?;
    known.retain(|file, _| file.is_file());
    known.insert(
        program.to_owned(),
        KnownInterpreter {
            stamps: interpreter.stamps(program),
            interpreter: interpreter.clone(),
        },
    );
    // If this cannot be written, the interpreter is queried again next time.
    if let Ok(text) = serde_json::to_vec_pretty(&known)
        && files::make_folder(&cache.folder().join("python")).is_ok()
    {
        let _ = files::write_whole(&memory, &text);
    }
    Some(interpreter)
}
