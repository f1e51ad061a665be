//! Starts built programs: an answer on its cases, and the known-good one that proves that programs start at all.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::sandbox::{self, CancelToken, Confinement, Job, Limits, Outcome, SandboxError};

/// The default limits of an answer.
pub(super) const LIMITS: Limits = Limits {
    wall: Duration::from_secs(10),
    processor: Duration::from_secs(10),
    memory: 1 << 30,
    address: 1 << 30,
    printed: 64 * 1024,
    results: 16 << 20,
    file: 0,
};

/// Starts a program once.
pub(super) fn once(
    program: &Path,
    confinement: &Confinement,
    input: Vec<u8>,
    limits: Limits,
    cancel: Option<&CancelToken>,
) -> Result<Outcome, SandboxError> {
    sandbox::run(&Job {
        program: program.to_owned(),
        arguments: Vec::new(),
        environment: vec![("LC_ALL".into(), "C".into())],
        // It writes nothing, so it needs no separate folder.
        folder: PathBuf::from("/"),
        input,
        limits,
        confinement: confinement.clone(),
        cancel: cancel.cloned(),
    })
}
