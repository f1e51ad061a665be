//! Runs an answer's program on many cases, in as few processes as its failures allow.

use super::outcome::{self, LastWords};
use super::{CaseOutcome, Fault, TrackError, wire};
use crate::array::Value;
use crate::sandbox::{End, Limits, Outcome, SandboxError};

/// A random value that cannot be learned from an earlier run: the program sends it back when it completes.
pub(super) type Nonce = [u8; wire::NONCE];

/// A program in some language that [`run`] can start.
pub(super) trait Start {
    /// Starts it once with a request and waits for its end.
    ///
    /// # Errors
    /// When it cannot be started or watched.
    fn start(&self, request: Vec<u8>, limits: Limits) -> Result<Outcome, SandboxError>;

    /// Checks that a known-good program starts and completes now, with the same tools.
    ///
    /// # Errors
    /// When it does not: then the machine is at fault, not the answer.
    fn prove(&self) -> Result<(), TrackError>;

    /// Discards its cached build, because it could not be started.
    fn forget(&self) {}

    /// The answer's file, as the program names it in a [`wire::Panic`].
    fn shown_as(&self) -> &str;

    /// The language's messages for running out of memory or stack.
    fn last_words(&self) -> &LastWords;
}

/// Runs a program on some cases; the outcomes are in the same order.
///
/// # Errors
/// When it cannot be started or supervised, which is not the answer's fault.
pub(super) fn run(
    program: &impl Start,
    cases: &[&[Value]],
    limits: Limits,
) -> Result<Vec<CaseOutcome>, TrackError> {
    let mut outcomes = Vec::with_capacity(cases.len());
    // The limits apply to all processes together: a case that ends its process must not restart the clock for the
    // rest.
    let mut left = limits;
    // After a case that ended the program, the rest run in a fresh one; each round settles at least one case.
    while outcomes.len() < cases.len() {
        let rest = &cases[outcomes.len()..];
        let nonce = nonce()?;
        let begin = || program.start(outcome::request(nonce, rest), left);
        let mut ended = begin();
        if !has_begun(&ended) {
            // The loader or the system failed: this is the answer's fault only if another program starts now.
            program.prove()?;
            ended = begin();
        }
        let ended = match ended {
            // The kernel kills a program that exceeds its memory limit before it begins: this is the answer's fault.
            Err(SandboxError::Killed {
                has_sent: false, ..
            }) => {
                outcomes.extend(outcome::never_started(rest.len(), limits));
                break;
            }
            Err(error) => {
                if matches!(error, SandboxError::Start { .. }) {
                    // If the file is damaged, the next run rebuilds it.
                    program.forget();
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
            program.shown_as(),
            program.last_words(),
        ));
    }
    Ok(outcomes)
}

/// Whether a program reached its `main`. One that ran out of time before that has not run any of the answer.
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

/// Creates a nonce.
///
/// # Errors
/// When the system has no random numbers.
pub(super) fn nonce() -> Result<Nonce, TrackError> {
    let mut nonce = [0; wire::NONCE];
    getrandom::fill(&mut nonce).map_err(|error| {
        TrackError::new(
            Fault::Broken,
            format!("cannot read the system's random numbers: {error}"),
            "the operating system has a problem; restart the machine and try again",
        )
    })?;
    Ok(nonce)
}
