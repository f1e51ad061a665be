//! Starts built programs: an answer on its cases, and the control that proves that programs start at all.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::control::{self, Depth};
use super::program::Program;
use super::{error, library, outcome, toolchain, wire};
use crate::array::Value;
use crate::sandbox::{self, Confinement, End, Job, Limits, Outcome, SandboxError};
use crate::track::{CaseOutcome, TrackError};

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

/// Runs an answer on some cases; the outcomes are in the same order.
pub(super) fn run(
    program: &Program,
    cases: &[&[Value]],
    limits: Limits,
) -> Result<Vec<CaseOutcome>, TrackError> {
    let mut outcomes = Vec::with_capacity(cases.len());
    // The limits hold for all processes together: a case that ends its own must not get the rest a fresh clock.
    let mut left = limits;
    // After a case that ended the program, the rest run in a fresh one; each round settles at least one case.
    while outcomes.len() < cases.len() {
        let rest = &cases[outcomes.len()..];
        let nonce = nonce()?;
        let begin = || once(&program.file, &program.confinement, nonce, rest, left);
        let mut ended = begin();
        if !has_begun(&ended) {
            // The loader failed, or the system: that is the answer's doing only if another program does start now.
            prove(program)?;
            ended = begin();
        }
        let ended = match ended {
            // The kernel kills a program that does not fit into its memory before it begins: that is the answer's own.
            Err(SandboxError::Killed {
                has_sent: false, ..
            }) => {
                outcomes.extend(outcome::never_started(rest.len(), limits));
                break;
            }
            Err(error) => {
                if matches!(error, SandboxError::Start { .. }) {
                    // Whatever is wrong with the file, the next run builds it anew.
                    let _ = std::fs::remove_file(&program.file);
                }
                return Err(error.into());
            }
            Ok(ended) => ended,
        };
        left.wall = left.wall.saturating_sub(ended.wall);
        left.printed = left.printed.saturating_sub(ended.printed.len());
        left.results = left.results.saturating_sub(ended.results.len());
        outcomes.extend(outcome::read(
            &ended,
            nonce,
            rest.len(),
            limits,
            &program.shown_as,
        ));
    }
    Ok(outcomes)
}

/// Starts a program once.
pub(super) fn once(
    program: &Path,
    confinement: &Confinement,
    nonce: [u8; wire::NONCE],
    cases: &[&[Value]],
    limits: Limits,
) -> Result<Outcome, SandboxError> {
    sandbox::run(&Job {
        program: program.to_owned(),
        arguments: Vec::new(),
        environment: vec![("LC_ALL".into(), "C".into())],
        // It writes nowhere, so it needs no folder of its own.
        folder: PathBuf::from("/"),
        input: outcome::request(nonce, cases),
        limits,
        confinement: confinement.clone(),
    })
}

/// Whether a program came to its `main`. One that is out of time before that has not run a line of the answer.
fn has_begun(ended: &Result<Outcome, SandboxError>) -> bool {
    match ended {
        Ok(ended) => {
            let said_much = matches!(ended.end, End::PrintedTooMuch | End::SentTooMuch);
            said_much || outcome::has_begun(ended)
        }
        Err(
            SandboxError::Start { .. }
            | SandboxError::Killed {
                has_sent: false, ..
            },
        ) => false,
        Err(_) => true,
    }
}

/// Makes sure that a program that was built as this one was starts and ends as it should.
fn prove(program: &Program) -> Result<(), TrackError> {
    let toolchain = toolchain::find(&program.cache)?;
    let library = library::provide(&program.cache, &toolchain, &mut |_| {})?;
    if library.digest() != program.tools {
        return Err(error::changed());
    }
    let control = control::Control {
        cache: &program.cache,
        toolchain: &toolchain,
        library: &library,
        author: program.confinement.author,
        spec: None,
    };
    control.prove(Depth::Started)
}

/// A number that this run's program cannot have learnt from an earlier one.
pub(super) fn nonce() -> Result<[u8; wire::NONCE], TrackError> {
    let mut nonce = [0; wire::NONCE];
    getrandom::fill(&mut nonce)
        .map_err(|error| error::tool("the system's random numbers", error))?;
    Ok(nonce)
}
