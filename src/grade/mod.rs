//! The one place where the parts meet: read the answer, build it, run its cases, compare, and say what came of it.
//!
//! Grading speaks in [`Event`]s and returns a [`KataResult`]; it never prints. Only this process ever holds expected
//! outputs: a learner's program is given inputs and nothing else.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::array::Value;
use crate::catalog::Kata;
use crate::compare::{self, Comparison, Rule};
use crate::files::{self, Cache};
use crate::sandbox::{Author, Enforced, Limits, Profile};
use crate::spec::{Case, CaseKind};
use crate::track::{BuildRequest, Built, CaseOutcome, Program, Progress, Track, TrackError};
use crate::verdict::{
    CaseResult, CaseVerdict, Confined, Difference, Failure, Judged, KataResult, Mismatch, NotRun,
    Outputs, Ran, Refusal,
};

/// The most bytes an answer may have. Real ones have a few thousand; a compiler takes seconds for megabytes.
pub const LARGEST_ANSWER: u64 = 256 * 1024;

/// What a learner's program may use, if nobody says otherwise.
pub const LIMITS: Limits = Limits {
    wall: Duration::from_secs(10),
    processor: Duration::from_secs(10),
    memory: 1 << 30,
    address: 1 << 30,
    printed: 64 * 1024,
    results: 16 << 20,
    file: 0,
};

/// An answer to judge.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The kata.
    pub kata: &'a Kata,
    /// The answer's language.
    pub track: &'a dyn Track,
    /// The answer's file.
    pub answer: &'a Path,
    /// The answer's file as the learner knows it.
    pub shown_as: &'a Path,
    /// Which cases to run.
    pub cases: Cases,
    /// What the program may use.
    pub limits: Limits,
    /// Who wrote the answer.
    pub author: Author,
    /// What to do with a stranger's answer where this machine cannot confine it.
    pub unconfined: Unconfined,
    /// The width of the screen that the compiler's messages are for.
    pub width: usize,
    /// Where built things are kept.
    pub cache: &'a Cache,
}

/// What to do with a stranger's answer that cannot be confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unconfined {
    /// Refuse to compile and run it.
    Refuse,
    /// Judge it all the same: someone has said that they know.
    Allow,
}

/// Which cases to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cases {
    /// The shown ones, and when they pass the hidden ones.
    All,
    /// Only the case at this place in the spec, from 1.
    Only(usize),
}

/// Something that happens while an answer is judged.
#[derive(Clone, Debug)]
pub enum Event {
    /// The tools are being prepared.
    Preparing(Progress),
}

/// Judges an answer.
///
/// # Errors
/// When the tools are missing or broken. Whatever is wrong with the answer is in the result.
pub fn judge(
    request: &Request<'_>,
    events: &mut dyn FnMut(Event),
) -> Result<KataResult, TrackError> {
    let start = Instant::now();
    let confined = confined(request.author);
    if request.author == Author::Stranger
        && request.unconfined == Unconfined::Refuse
        && !confined.is_whole()
    {
        return Err(TrackError::NotConfined {
            missing: confined.missing.join(", and "),
        });
    }
    let mut result = KataResult {
        kata: request.kata.id.clone(),
        title: request.kata.spec.title.clone(),
        track: request.track.name(),
        answer: PathBuf::from(request.shown_as),
        digest: String::new(),
        judged: Judged::Refused(Refusal::NotText),
        took: Duration::ZERO,
        built: false,
        confined,
    };
    match read_answer(request.answer) {
        Err(refusal) => result.judged = Judged::Refused(refusal),
        Ok(source) => {
            result.digest = hex(&Sha256::digest(&source));
            let build = BuildRequest {
                spec: &request.kata.spec,
                source: &source,
                shown_as: &request.shown_as.to_string_lossy(),
                width: request.width,
                cache: request.cache,
                author: request.author,
            };
            let built = request
                .track
                .build(&build, &mut |step| events(Event::Preparing(step)))?;
            result.judged = match built {
                Built::Refused(refusal) => Judged::Refused(refusal),
                Built::Ready(program) => {
                    result.built = program.fresh;
                    result.confined.one_file = program.confinement.profile == Profile::Program;
                    result.confined.nobody &= result.confined.one_file;
                    Judged::Ran(run(request, &program)?)
                }
            };
        }
    }
    result.took = start.elapsed();
    Ok(result)
}

/// What this machine can hold an answer to.
#[must_use]
pub fn confined(author: Author) -> Confined {
    let enforced = Enforced::here();
    Confined {
        system: std::env::consts::OS,
        landlock: enforced.landlock,
        calls: enforced.calls,
        one_file: author == Author::Stranger,
        nobody: enforced.uid && author == Author::Stranger,
        missing: enforced.missing,
    }
}

fn read_answer(path: &Path) -> Result<String, Refusal> {
    match files::read_bounded(path, LARGEST_ANSWER) {
        Err(error) => Err(Refusal::NoAnswer {
            says: error.source.to_string(),
        }),
        Ok(None) => Err(Refusal::NotAnOrdinaryFile {
            most: LARGEST_ANSWER,
        }),
        Ok(Some(bytes)) => String::from_utf8(bytes).map_err(|_| Refusal::NotText),
    }
}

fn run(request: &Request<'_>, program: &Program) -> Result<Ran, TrackError> {
    let spec = &request.kata.spec;
    let mut cases: Vec<_> = spec
        .cases
        .iter()
        .enumerate()
        .map(|(index, case)| waiting(request, index, case))
        .collect();
    let mut called: Vec<String> = Vec::new();
    for hidden in [false, true] {
        // The hidden ones come second: a learner first gets right what can be looked at.
        if hidden && cases.iter().any(|case| !case.hidden && !case.good()) {
            break;
        }
        let batch: Vec<usize> = (0..cases.len())
            .filter(|index| cases[*index].hidden == hidden && cases[*index].is_waiting())
            .collect();
        if batch.is_empty() {
            continue;
        }
        let inputs: Vec<&[Value]> = batch
            .iter()
            .map(|index| spec.cases[*index].given.as_slice())
            .collect();
        let outcomes = request.track.run(program, &inputs, request.limits)?;
        for (index, outcome) in batch.into_iter().zip(outcomes) {
            called.extend(outcome.calls.iter().map(|(name, _)| name.clone()));
            settle(request.kata, &spec.cases[index], &mut cases[index], outcome);
        }
    }
    // Which calls are missing only matters once the numbers are right.
    let right = cases.iter().all(CaseResult::good);
    let missing = spec
        .uses
        .iter()
        .filter(|wanted| right && !called.contains(wanted));
    Ok(Ran {
        never_called: missing.cloned().collect(),
        cases,
        warnings: program.warnings.clone(),
    })
}

/// A case before it is run, with the reason that stands if it never is.
fn waiting(request: &Request<'_>, index: usize, case: &Case) -> CaseResult {
    let reason = if matches!(request.cases, Cases::Only(number) if number != index + 1) {
        NotRun::NotAskedFor
    } else if request.kata.expected(case).is_none() {
        NotRun::NothingToCompare
    } else {
        NotRun::ShownCasesFirst
    };
    CaseResult {
        name: case.name.clone(),
        number: index + 1,
        hidden: case.kind != CaseKind::Shown,
        note: case.note.clone(),
        verdict: CaseVerdict::NotRun(reason),
        printed: String::new(),
    }
}

/// Turns what a case gave into its verdict; of a hidden case nothing else is kept.
fn settle(kata: &Kata, case: &Case, result: &mut CaseResult, outcome: CaseOutcome) {
    let Some(expected) = kata.expected(case) else {
        return;
    };
    result.verdict = match outcome.output {
        _ if !outcome.ran => CaseVerdict::NotRun(NotRun::OutOfTimeBefore),
        Err(failure) => CaseVerdict::Failed(if result.hidden {
            unsaid(failure)
        } else {
            failure
        }),
        Ok(got) => judged(kata, case, expected, in_shape(expected, got)),
    };
    if !result.hidden {
        result.printed = outcome.printed;
    }
}

/// Whether an output is right, and how it differs if it is not.
fn judged(kata: &Kata, case: &Case, expected: &Value, got: Value) -> CaseVerdict {
    match difference(kata, case, expected, &got) {
        None => CaseVerdict::Passed,
        Some(_) if case.kind != CaseKind::Shown => CaseVerdict::Different(Mismatch {
            how: Difference::Unsaid,
            outputs: None,
        }),
        Some(how) => CaseVerdict::Different(Mismatch {
            how,
            outputs: Some(Box::new(Outputs {
                expected: expected.clone(),
                got,
            })),
        }),
    }
}

/// A failure on a hidden case, without the text and the place that the answer itself chose to show.
fn unsaid(failure: Failure) -> Failure {
    match failure {
        Failure::Panicked { .. } => Failure::Panicked {
            message: String::new(),
            place: None,
        },
        other => other,
    }
}

/// How the output differs by the kata's rule; `None` when it is right. Hidden cases are compared by bits whatever the rule.
fn difference(kata: &Kata, case: &Case, expected: &Value, got: &Value) -> Option<Difference> {
    let rule = match case.kind {
        CaseKind::Hidden => &Rule::Bits,
        CaseKind::Shown | CaseKind::Sealed => &kata.spec.rule,
    };
    match compare::compare_values(expected, got, rule, kata.spec.zeros) {
        Comparison::Equal => None,
        Comparison::Count { expected, got } => Some(Difference::Count { expected, got }),
        Comparison::Kind { .. } | Comparison::Dtype { .. } | Comparison::Shape { .. } => {
            Some(Difference::Kind)
        }
        Comparison::Values(differences) => Some(Difference::Values(Box::new(differences))),
        Comparison::Bytes(difference) => Some(Difference::Bytes(difference)),
        Comparison::Text(difference) => Some(Difference::Text(difference)),
    }
}

/// The output in the shape that the kata gives it: an answer returns its values flat.
fn in_shape(expected: &Value, got: Value) -> Value {
    match (expected, got) {
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            let flat = got.clone();
            Value::Array(got.reshaped(expected.shape().to_vec()).unwrap_or(flat))
        }
        (_, got) => got,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
