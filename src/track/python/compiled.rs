//! The compile cache: common operations on small shapes, already compiled by XLA, so that no answer waits for them.
//!
//! It is filled once per environment, by our own code only (`driver/katas_driver/fill.py`). Answers can read it but
//! neither write nor list it: a changed entry would change what an operation computes, and the names would reveal
//! what others computed. An answer compiles any other operation itself, with the same bits.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::environment::Environment;
use super::{error, process};
use crate::files::{self, Cache, FileAction, FileError};
use crate::sandbox::Tool;
use crate::track::{Progress, TrackError, lock};

/// The compile cache of an environment, if it is complete.
pub(super) fn find(cache: &Cache, environment: &Environment) -> Option<PathBuf> {
    let folder = folder(cache, environment);
    folder.is_dir().then_some(folder)
}

/// Fills the compile cache of an environment, or waits until another katas process has filled it.
///
/// # Errors
/// When the cache cannot be written. Without a compile cache, answers are only slower, so nothing else is an error.
pub(super) fn provide(
    cache: &Cache,
    environment: &Environment,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<PathBuf>, TrackError> {
    if let Some(found) = find(cache, environment) {
        return Ok(Some(found));
    }
    let folder = folder(cache, environment);
    let _lock = lock::exclusive(&folder.with_extension("lock"), progress)?;
    if let Some(found) = find(cache, environment) {
        return Ok(Some(found));
    }
    let start = Instant::now();
    progress(Progress::Starts {
        what: "XLA's compile cache for small layers, which happens once".to_owned(),
    });
    let partial = folder.with_extension("partial");
    let _ = std::fs::remove_dir_all(&partial);
    files::make_folder(&partial)?;
    let filled = fill(environment, &partial)?;
    if filled {
        std::fs::rename(&partial, &folder).map_err(FileError::tag(FileAction::Write, &folder))?;
    } else {
        let _ = std::fs::remove_dir_all(&partial);
    }
    progress(Progress::Done(start.elapsed()));
    Ok(filled.then_some(folder))
}

fn folder(cache: &Cache, environment: &Environment) -> PathBuf {
    let name = format!("compiled-{}", environment.digest());
    cache.folder().join("python").join(name)
}

/// Fills a folder; returns whether all of it was compiled.
fn fill(environment: &Environment, folder: &Path) -> Result<bool, TrackError> {
    let mut command = Command::new(&environment.interpreter.executable);
    command
        .args(process::arguments(environment, Some("fill")))
        .env_clear()
        .envs(process::SETTINGS.iter().copied())
        .env("JAX_COMPILATION_CACHE_DIR", folder)
        .env("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
        .env("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
        .current_dir("/");
    let output = Tool::output(&mut command).map_err(|error| error::control(&error.to_string()))?;
    Ok(output.status.success())
}
