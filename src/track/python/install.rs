//! Creates an environment in the cache from a lock with hashes, once for each version of the lock and each Python.
//!
//! It is created at its final path, because its programs contain that path, and under a lock that other processes
//! wait for; a file that is written last marks it as complete.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::error;
use super::interpreter::Interpreter;
use crate::digest;
use crate::files::{self, Cache, FileAction, FileError};
use crate::sandbox::Tool;
use crate::seal::hex::encode;
use crate::track::{Progress, TrackError, lock, programs};

/// Every package with its version and the hashes of its files.
const LOCK: &str = include_str!("requirements.txt");

/// The file that is written last.
const WHOLE: &str = "whole.txt";

/// The disk space for the packages, including while they are unpacked.
const ROOM: u64 = 1 << 30;

/// The maximum number of lines of an installer's output that are repeated.
const MOST_LINES: usize = 8;

/// The interpreter of the environment created with this one, if it is complete.
pub(super) fn made(cache: &Cache, base: &Interpreter) -> Option<PathBuf> {
    let place = place(cache, base);
    let program = place.join("bin/python");
    (place.join(WHOLE).is_file() && program.is_file()).then_some(program)
}

/// Creates the environment, or waits until another katas process has created it.
///
/// # Errors
/// When the network, disk space or a part of Python is missing.
pub(super) fn make(
    cache: &Cache,
    base: &Interpreter,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), TrackError> {
    let place = place(cache, base);
    files::make_folder(&cache.folder().join("python"))?;
    let _lock = lock::exclusive(&place.with_extension("lock"), progress)?;
    // Another process may have created it while this one waited.
    if made(cache, base).is_some() {
        return Ok(());
    }
    if cache.room().is_some_and(|room| room < ROOM) {
        return Err(error::no_room(cache.folder()));
    }
    let start = Instant::now();
    progress(Progress::Starts {
        what: "the Python environment with JAX and Flax (a download of about 110 MB), which happens once".to_owned(),
    });
    if place.exists() {
        std::fs::remove_dir_all(&place).map_err(FileError::tag(FileAction::Remove, &place))?;
    }
    let installed = install(&place, base, cache, progress);
    if let Err(error) = installed {
        // A partial environment is useless and takes space.
        let _ = std::fs::remove_dir_all(&place);
        return Err(error);
    }
    files::write_whole(&place.join(WHOLE), base.version().as_bytes())?;
    progress(Progress::Done(start.elapsed()));
    Ok(())
}

fn place(cache: &Cache, base: &Interpreter) -> PathBuf {
    let base_program = base.base.to_string_lossy();
    let parts = [LOCK, &base_program, &base.version()];
    let key = encode(&digest::of_parts(parts)[..12]);
    cache.folder().join("python").join(format!("env-{key}"))
}

fn install(
    place: &Path,
    base: &Interpreter,
    cache: &Cache,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), TrackError> {
    let scratch = cache.scratch()?;
    let requirements = scratch.path().join("requirements.txt");
    std::fs::write(&requirements, LOCK)
        .map_err(FileError::tag(FileAction::Write, &requirements))?;
    let program = place.join("bin/python");
    // Answers cannot write compiled modules, and without them every start takes a second longer, so both installers
    // compile.
    let commands = match programs::on_path("uv") {
        Some(uv) => {
            let mut make = Command::new(&uv);
            make.args(["venv", "--quiet", "--no-project", "--python"])
                .arg(&base.base)
                .arg(place);
            let mut fill = Command::new(&uv);
            fill.args(["pip", "install", "--no-deps", "--require-hashes"])
                .args(["--only-binary", ":all:", "--compile-bytecode", "--python"])
                .arg(&program)
                .arg("--requirement")
                .arg(&requirements);
            [make, fill]
        }
        None => {
            let mut make = Command::new(&base.base);
            make.args(["-m", "venv"]).arg(place);
            let mut fill = Command::new(&program);
            fill.args(["-m", "pip", "install", "--disable-pip-version-check"])
                .args(["--no-input", "--no-deps", "--require-hashes"])
                .args(["--only-binary", ":all:", "--progress-bar", "off"])
                .arg("--requirement")
                .arg(&requirements);
            [make, fill]
        }
    };
    let [mut make, mut fill] = commands;
    run(&mut make, progress)?.map_err(|says| match says.contains("ensurepip") {
        true => error::no_venv(&says),
        false => fault(&says, cache),
    })?;
    run(&mut fill, progress)?.map_err(|says| fault(&says, cache))
}

/// Runs an installer; the error is its last output.
fn run(
    command: &mut Command,
    progress: &mut dyn FnMut(Progress),
) -> Result<Result<(), String>, TrackError> {
    for (name, _) in std::env::vars_os() {
        // Network settings are kept: schools have mirrors and proxies.
        let is_python = name.as_encoded_bytes().starts_with(b"PYTHON");
        if is_python || name == "VIRTUAL_ENV" || name == "PIP_USER" || name == "PIP_TARGET" {
            command.env_remove(name);
        }
    }
    command
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut tool = Tool::start(command).map_err(error::install)?;
    let (said, complained) = tool.pipes();
    let complaints = std::thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(mut pipe) = complained {
            let _ = pipe.read_to_end(&mut text);
        }
        String::from_utf8_lossy(&text).into_owned()
    });
    let mut words = String::new();
    for line in said
        .into_iter()
        .flat_map(|pipe| BufReader::new(pipe).lines())
    {
        let Ok(line) = line else { break };
        if let Some(package) = line.strip_prefix("Collecting ") {
            let name = package.split(['=', ' ']).next().unwrap_or_default();
            progress(Progress::Step(name.to_owned()));
        } else if line.starts_with("Installing") {
            progress(Progress::Step("files".to_owned()));
        }
        words.push_str(&line);
        words.push('\n');
    }
    words.push_str(&complaints.join().unwrap_or_default());
    let status = tool.wait().map_err(error::install)?;
    let lines: Vec<_> = words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let last = &lines[lines.len().saturating_sub(MOST_LINES)..];
    Ok(match status.success() {
        true => Ok(()),
        false => Err(crate::printable::lines(&last.join("\n")).into_owned()),
    })
}

/// The error for an installer's output.
fn fault(says: &str, cache: &Cache) -> TrackError {
    const OFFLINE: &[&str] = &[
        "Failed to establish a new connection",
        "name resolution",
        "Network is unreachable",
        "error sending request",
        "dns error",
        "Could not connect",
        "client error (Connect)",
        "timed out",
    ];
    if says.contains("No space left on device") || says.contains("os error 28") {
        return error::no_room(cache.folder());
    }
    match OFFLINE.iter().any(|words| says.contains(words)) {
        true => error::no_network(says),
        false => error::install(says),
    }
}
