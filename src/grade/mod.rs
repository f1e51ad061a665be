//! Judges one answer: reads it, builds it, runs its cases and compares the outputs.
//!
//! Grading returns a [`KataResult`]; it never prints. Only this process ever has expected outputs: a learner's
//! program gets nothing but inputs.

mod again;
mod changed;
mod expected;
mod explain;
mod ignored;
mod outcomes;
mod probes;
mod request;
mod row;
mod run;
mod settle;
mod trace;

pub use changed::changed;
pub use outcomes::{Tried, agree, difference, is_right, outcomes};
pub use request::{Answer, Cases, GradeError, Request, Unconfined, limits};

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::array::Value;
use crate::catalog::{CatalogError, Kata};
use crate::files;
use crate::sandbox::{Author, Enforced};
use crate::seal::ClassKey;
use crate::seal::hex::encode;
use crate::spec::Case;
use crate::track::{self, Prepared, TrackError};
use crate::verdict::{Confined, Judged, KataResult, Refusal};

/// The maximum size of an answer in bytes. Real ones have a few thousand; compiling megabytes takes seconds.
pub const LARGEST_ANSWER: u64 = 256 * 1024;

/// The message for a larger file.
pub(crate) const TOO_LARGE: Refusal = Refusal::TooLarge {
    most: LARGEST_ANSWER,
};

/// An answer judged by its shown and hidden cases.
#[derive(Debug)]
pub struct Unsealed {
    /// The result so far.
    pub result: KataResult,
    /// The correct outputs of hidden cases, by name: they decrypt the reference solution.
    pub outputs: Vec<(String, Value)>,
    /// The program for its sealed cases; `None` if there is nothing more to run.
    program: Option<Prepared>,
}

impl Unsealed {
    /// Whether there are sealed cases for [`judge_sealed`] to run.
    #[must_use]
    pub fn has_sealed(&self) -> bool {
        self.program.is_some()
    }
}

/// Judges an answer.
///
/// # Errors
/// When the tools or the kata are missing or broken. What is wrong with the answer is in the result.
pub fn judge(request: &Request<'_>) -> Result<KataResult, GradeError> {
    let mut unsealed = judge_unsealed(request)?;
    judge_sealed(request, &mut unsealed)?;
    Ok(unsealed.result)
}

/// Judges an answer by its shown and hidden cases.
///
/// # Errors
/// As [`judge`].
pub fn judge_unsealed(request: &Request<'_>) -> Result<Unsealed, GradeError> {
    let start = Instant::now();
    let confined = confined(request.author());
    if request.author() == Author::Untrusted
        && request.unconfined == Unconfined::Refuse
        && !confined.is_whole()
    {
        return Err(TrackError::not_confined(&confined.gaps()).into());
    }
    let mut judged = Unsealed {
        result: refused_with(request, Refusal::NotText, confined),
        outputs: Vec::new(),
        program: None,
    };
    let result = &mut judged.result;
    match text(request.answer) {
        Err(refusal) => result.judged = Judged::Refused(refusal),
        Ok(source) => {
            result.digest = encode(&Sha256::digest(&source));
            result.judged = match prepare(request, &source)? {
                Err(refusal) => Judged::Refused(refusal),
                Ok(program) => {
                    result.built = program.fresh;
                    result.confined.one_file = program.held.one_file;
                    result.confined.nobody &= program.held.own_uid;
                    let (ran, right) = run::run(request, &program)?;
                    judged.outputs = right;
                    judged.program = run::has_sealed(&ran).then_some(program);
                    Judged::Ran(ran)
                }
            };
        }
    }
    result.took = start.elapsed();
    Ok(judged)
}

/// Runs the sealed cases of an answer, after everything whose output the author of the answer can see.
///
/// Returns whether running them again would give the same result.
///
/// # Errors
/// As [`judge`].
pub fn judge_sealed(request: &Request<'_>, unsealed: &mut Unsealed) -> Result<bool, GradeError> {
    match (&mut unsealed.result.judged, &unsealed.program) {
        (Judged::Ran(ran), Some(program)) => run::run_sealed(request, program, ran),
        _ => Ok(true),
    }
}

/// The result for a file that is not an answer, without the system's message.
#[must_use]
pub fn refused(request: &Request<'_>, refusal: Refusal) -> KataResult {
    refused_with(request, refusal, confined(request.author()))
}

fn refused_with(request: &Request<'_>, refusal: Refusal, confined: Confined) -> KataResult {
    KataResult {
        kata: request.kata.id.clone(),
        track: request.session.track(),
        answer: PathBuf::from(request.shown_as),
        digest: String::new(),
        judged: Judged::Refused(refusal),
        took: Duration::ZERO,
        built: false,
        confined,
    }
}

fn prepare(request: &Request<'_>, source: &str) -> Result<Result<Prepared, Refusal>, TrackError> {
    request.session.prepare(&track::Answer {
        spec: &request.kata.spec,
        source,
        shown_as: &request.shown_as.to_string_lossy(),
        width: request.width,
        cancel: request.cancel,
    })
}

/// The confinement that this machine supports.
#[must_use]
pub fn confined(author: Author) -> Confined {
    let enforced = Enforced::here();
    Confined {
        system: std::env::consts::OS,
        landlock: enforced.landlock,
        calls: enforced.calls,
        one_file: author == Author::Untrusted,
        nobody: enforced.uid && author == Author::Untrusted,
        missing: enforced.missing,
    }
}

/// Decrypts the sealed cases of a kata with the class key; empty if it has none.
///
/// # Errors
/// When the lock is missing or damaged, or the key is wrong.
pub fn open_sealed(kata: &Kata, key: &ClassKey) -> Result<Vec<Case>, CatalogError> {
    match kata.fitting_lock()? {
        None => Ok(Vec::new()),
        Some(lock) => lock
            .open_sealed(&kata.id, key)
            .map_err(|source| kata.lock_error(source)),
    }
}

/// Reads an answer from an open regular file, up to the maximum size.
///
/// # Errors
/// Why it cannot be an answer.
pub fn read_open_answer(file: File) -> Result<Vec<u8>, Refusal> {
    match files::read_open(file, LARGEST_ANSWER) {
        Err(error) => Err(Refusal::NoAnswer {
            says: error.to_string(),
        }),
        Ok(None) => Err(TOO_LARGE),
        Ok(Some(bytes)) => Ok(bytes),
    }
}

/// Reads an answer's file, up to the maximum size, and only if it is a regular file.
fn read_answer(path: &Path) -> Result<Vec<u8>, Refusal> {
    match files::read_bounded(path, LARGEST_ANSWER) {
        Err(error) => Err(Refusal::NoAnswer {
            says: error.source.to_string(),
        }),
        Ok(None) if std::fs::symlink_metadata(path).is_ok_and(|about| about.is_file()) => {
            Err(TOO_LARGE)
        }
        Ok(None) => Err(Refusal::NotAnOrdinaryFile),
        Ok(Some(bytes)) => Ok(bytes),
    }
}

fn text(answer: Answer<'_>) -> Result<String, Refusal> {
    let bytes = match answer {
        Answer::File(path) => read_answer(path)?,
        Answer::Bytes(bytes) if bytes.len() as u64 > LARGEST_ANSWER => {
            return Err(TOO_LARGE);
        }
        Answer::Bytes(bytes) => bytes.to_vec(),
    };
    String::from_utf8(bytes).map_err(|_| Refusal::NotText)
}
