//! The messages for problems of Rust's tools.

use crate::track::{Fault, TrackError};

const ASK_DOCTOR: &str = "`katas doctor` says which tool does not work";

/// There is no rustc on `PATH`.
pub(super) fn no_compiler() -> TrackError {
    TrackError::new(
        Fault::Missing,
        "there is no rustc on PATH",
        "install Rust with rustup (https://rustup.rs), then open a new terminal",
    )
}

/// There is no linker.
pub(super) fn no_linker() -> TrackError {
    TrackError::new(
        Fault::Missing,
        "there is no C linker: `cc` is not on PATH",
        "install a C compiler: `apt install build-essential` on Debian and Ubuntu, `dnf install gcc` on Fedora, \
         `xcode-select --install` on macOS",
    )
}

/// The crates that the library needs could not be downloaded, and cargo said why.
pub(super) fn no_network(says: &str) -> TrackError {
    TrackError::new(
        Fault::Offline,
        format!("cannot download what the teaching crate needs:\n{says}"),
        "the first run downloads ndarray and its dependencies, once: connect to the network and try again; \
         after that katas works offline",
    )
}

/// The library did not build, and the tools said why.
pub(super) fn library(says: impl std::fmt::Display) -> TrackError {
    let says = format!("cannot build the teaching crate:\n{says}");
    TrackError::new(Fault::Broken, says, ASK_DOCTOR)
}

/// A tool could not be run.
pub(super) fn tool(tool: &str, says: impl std::fmt::Display) -> TrackError {
    TrackError::new(
        Fault::Broken,
        format!("cannot run {tool}: {says}"),
        ASK_DOCTOR,
    )
}

/// The tools fail on an answer that is known to be good, and said why on one line.
pub(super) fn control(says: &str) -> TrackError {
    let says = format!(
        "the tools on this machine do not work, because even a known-good answer fails: {says}"
    );
    TrackError::new(Fault::Broken, says, ASK_DOCTOR)
}

/// The cache's disk has too little space to decide whether the answer or the disk caused the failure.
pub(super) fn no_room(cache: &std::path::Path) -> TrackError {
    TrackError::new(
        Fault::Broken,
        format!("the disk is almost full: {}", cache.display()),
        "free some space there, or set KATAS_CACHE to a folder on another disk, and try again",
    )
}

/// The spec requires something that Rust does not have.
pub(super) fn unsupported(what: &str) -> TrackError {
    let says = format!("answers in Rust cannot take {what}");
    let hint = "give the kata a different type or track";
    TrackError::new(Fault::Unsupported, says, hint)
}

/// The tools have changed since the session began.
pub(super) fn changed() -> TrackError {
    control("the tools changed while the answer was being judged; run it again")
}
