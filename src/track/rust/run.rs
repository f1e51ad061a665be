//! Starts built programs: an answer on its cases, and the control that proves that programs start at all.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::control::{self, Depth};
use super::program::Program;
use super::{error, library, toolchain};
use crate::sandbox::{self, Confinement, Job, Limits, Outcome, SandboxError};
use crate::track::TrackError;
use crate::track::batch::Start;
use crate::track::outcome::LastWords;

/// What an answer may use, if nobody says otherwise.
pub(super) const LIMITS: Limits = Limits {
    wall: Duration::from_secs(10),
    processor: Duration::from_secs(10),
    memory: 1 << 30,
    address: 1 << 30,
    printed: 64 * 1024,
    results: 16 << 20,
    file: 0,
};

/// What std prints when memory runs out, and when the stack does.
const LAST_WORDS: LastWords = LastWords {
    no_memory: &["memory allocation of ", "note: run with `RUST_BACKTRACE=1`"],
    no_stack: &[
        "has overflowed its stack",
        "fatal runtime error: stack overflow",
    ],
};

impl Start for Program {
    fn start(&self, request: Vec<u8>, limits: Limits) -> Result<Outcome, SandboxError> {
        once(&self.file, &self.confinement, request, limits)
    }

    fn prove(&self) -> Result<(), TrackError> {
        let toolchain = toolchain::find(&self.cache)?;
        let library = library::provide(&self.cache, &toolchain, &mut |_| {})?;
        if library.digest() != self.tools {
            return Err(error::changed());
        }
        let control = control::Control {
            cache: &self.cache,
            toolchain: &toolchain,
            library: &library,
            author: self.confinement.author,
            spec: None,
        };
        control.prove(Depth::Started)
    }

    fn forget(&self) {
        let _ = std::fs::remove_file(&self.file);
    }

    fn shown_as(&self) -> &str {
        &self.shown_as
    }

    fn last_words(&self) -> &LastWords {
        &LAST_WORDS
    }
}

/// Starts a program once.
pub(super) fn once(
    program: &Path,
    confinement: &Confinement,
    input: Vec<u8>,
    limits: Limits,
) -> Result<Outcome, SandboxError> {
    sandbox::run(&Job {
        program: program.to_owned(),
        arguments: Vec::new(),
        environment: vec![("LC_ALL".into(), "C".into())],
        // It writes nowhere, so it needs no folder of its own.
        folder: PathBuf::from("/"),
        input,
        limits,
        confinement: confinement.clone(),
    })
}
