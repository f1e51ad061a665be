//! The messages for problems of Python's tools.

use crate::track::{Fault, TrackError};

const ASK_DOCTOR: &str =
    "`katas doctor` shows what works; `katas setup python` sets Python up again";

/// There is no Python to create an environment with.
pub(super) fn no_python() -> TrackError {
    TrackError::new(
        Fault::Missing,
        "there is no Python 3.11 or newer",
        "install Python 3.11 or newer and try again; `katas setup python --python FILE` uses one that is not on PATH",
    )
}

/// The program that was named is not a supported Python.
pub(super) fn no_such_python(program: &std::path::Path) -> TrackError {
    TrackError::new(
        Fault::Missing,
        format!("{} is not Python 3.11 or newer", program.display()),
        "pass the path of a Python interpreter, or leave --python out",
    )
}

/// The packages could not be downloaded, and the installer said why.
pub(super) fn no_network(says: &str) -> TrackError {
    TrackError::new(
        Fault::Offline,
        format!("cannot download JAX and Flax:\n{says}"),
        "connect to the network and run `katas setup python`; after that katas works offline",
    )
}

/// The environment could not be created, and the installer said why.
pub(super) fn install(says: impl std::fmt::Display) -> TrackError {
    TrackError::new(
        Fault::Broken,
        format!("cannot create the Python environment:\n{says}"),
        "`katas setup python` tries again; `--python FILE` uses another Python",
    )
}

/// This Python lacks the module that creates environments.
pub(super) fn no_venv(says: &str) -> TrackError {
    TrackError::new(
        Fault::Missing,
        format!("cannot create a Python environment:\n{says}"),
        "`apt install python3-venv` on Debian and Ubuntu, or install uv (`pip install uv`), and try again",
    )
}

/// The disk of the cache has too little space.
pub(super) fn no_room(cache: &std::path::Path) -> TrackError {
    TrackError::new(
        Fault::Broken,
        format!(
            "the disk has too little space for JAX and Flax, which take 1 GB: {}",
            cache.display()
        ),
        "free some space there, or set KATAS_CACHE to a folder on another disk, and try again",
    )
}

/// A file of a package cannot be read, as the system says.
pub(super) fn unreadable(says: &str) -> TrackError {
    TrackError::new(
        Fault::Broken,
        format!("cannot read the packages of the Python environment: {says}"),
        ASK_DOCTOR,
    )
}

/// The tools fail on an answer that is known to be good, and said why on one line.
pub(super) fn control(says: &str) -> TrackError {
    TrackError::new(
        Fault::Broken,
        format!(
            "Python does not work on this machine, because even a known-good answer fails: {says}"
        ),
        ASK_DOCTOR,
    )
}

/// The spec requires something that this track does not have.
pub(super) fn unsupported(what: &str) -> TrackError {
    TrackError::new(
        Fault::Unsupported,
        format!("for an answer in Python, katas cannot yet tell {what}"),
        "solve this kata in another language",
    )
}

/// The tools have changed since the session began.
pub(super) fn changed() -> TrackError {
    control("the environment changed while the answer was being judged; run it again")
}
