//! The result of judging an answer: plain data. A learner's mistake is a value here, never an `Err`.
//!
//! `grade` creates these; `ui` and `report` show them. The only logic here follows from the data itself.

mod confined;
mod failure;
mod kind;
mod refusal;
mod unmet;

pub use confined::Confined;
pub use failure::{Failure, Location};
pub use kind::VerdictKind;
pub use refusal::{Ban, CompilerLimit, CompilerMessage, MOST_MESSAGES, Refusal};
pub use unmet::{DRAWS, Unmet, unmet};

use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use crate::array::Value;
use crate::compare::{ByteDifference, Differences, TextDifference};
use crate::diagnose::Explanation;
use crate::spec::CaseKind;

/// The result of judging one answer to one kata.
#[derive(Clone, Debug)]
pub struct KataResult {
    /// The kata's name, as a person types it.
    pub kata: String,
    /// The language of the answer.
    pub track: &'static str,
    /// The answer's file, as named on the command line or relative to the course.
    pub answer: PathBuf,
    /// The digest of the answer's bytes, in hexadecimal.
    pub digest: String,
    /// What happened.
    pub judged: Judged,
    /// How long it took, including the build.
    pub took: Duration,
    /// Whether the answer was built for this run rather than taken from the cache.
    pub built: bool,
    /// How it was confined.
    pub confined: Confined,
}

/// The stage that judging reached.
#[derive(Clone, Debug)]
pub enum Judged {
    /// The answer could not be built; no case ran.
    Refused(Refusal),
    /// The cases ran.
    Ran(Ran),
}

/// The results of the cases.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The number of the case that was chosen; `None` if all cases were run, or if the kata has only one.
    pub only: Option<usize>,
    /// In the order of the spec.
    pub cases: Vec<CaseResult>,
    /// The requirements besides correct outputs that the answer does not meet.
    pub unmet: Vec<Unmet>,
    /// Why the answer is wrong, most certain first; empty if it is right or there is no explanation.
    pub explanations: Vec<Explanation>,
    /// The compiler's warnings.
    pub warnings: Vec<CompilerMessage>,
}

/// The result of one case.
#[derive(Clone, Debug)]
pub struct CaseResult {
    /// The case's name.
    pub name: String,
    /// Its number in the spec, from 1.
    pub number: usize,
    /// Who may see its contents.
    pub kind: CaseKind,
    /// The author's note for a learner whose answer fails it.
    pub note: Option<String>,
    /// What happened.
    pub verdict: CaseVerdict,
    /// What the answer printed; empty for a hidden or sealed case.
    pub printed: String,
}

/// Whether a case passed, and if not, why.
#[derive(Clone, Debug)]
pub enum CaseVerdict {
    /// The output is right.
    Passed,
    /// The output differs.
    Different(Mismatch),
    /// There is no output.
    Failed(Failure),
    /// The case was not run.
    NotRun(NotRun),
}

/// An output that differs from the expected one.
#[derive(Clone, Debug)]
pub struct Mismatch {
    /// How they differ.
    pub how: Difference,
    /// Both outputs; `None` for a hidden or sealed case.
    pub outputs: Option<Box<Outputs>>,
    /// The parts of the output; empty if it is one part without a name, or is not shown.
    pub parts: Vec<NamedRun>,
}

/// A part of an output: a run of its values with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRun {
    /// The part's name.
    pub name: String,
    /// The flat indices of its values.
    pub run: Range<usize>,
}

/// The expected output and the answer's.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// The expected output.
    pub expected: Value,
    /// The answer's output.
    pub got: Value,
}

/// How two outputs differ.
#[derive(Clone, Debug)]
pub enum Difference {
    /// A different number of elements.
    Count {
        /// The expected number.
        expected: usize,
        /// The answer's number.
        got: usize,
    },
    /// A different kind of value, which only a damaged program returns.
    Kind,
    /// Different values.
    Values(Box<Differences>),
    /// Different bytes.
    Bytes(ByteDifference),
    /// Different text.
    Text(TextDifference),
    /// The case is hidden or sealed: only the fact that it differs is recorded.
    Undisclosed,
}

/// Why a case was not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRun {
    /// Hidden cases run once every shown case passes.
    ShownCasesFirst,
    /// An earlier case used up the time.
    OutOfTimeBefore,
    /// A different case was chosen.
    NotAskedFor,
    /// It is sealed, and no class key was given.
    Sealed,
}

impl Ran {
    /// The number of cases that passed, and the number that count.
    #[must_use]
    pub fn passed_of(&self) -> (usize, usize) {
        let passed = |case: &&CaseResult| matches!(case.verdict, CaseVerdict::Passed);
        let judged = |case: &&CaseResult| !case.good() || passed(case);
        (
            self.cases.iter().filter(passed).count(),
            self.cases.iter().filter(judged).count(),
        )
    }
}

impl KataResult {
    /// The same without sealed cases.
    #[must_use]
    pub fn without_sealed(&self) -> Self {
        let mut result = self.clone();
        if let Judged::Ran(ran) = &mut result.judged {
            ran.cases.retain(|case| case.kind != CaseKind::Sealed);
        }
        result
    }

    /// Whether every case that counts passed and nothing else is unmet.
    #[must_use]
    pub fn passed(&self) -> bool {
        match &self.judged {
            Judged::Refused(_) => false,
            Judged::Ran(ran) => ran.unmet.is_empty() && ran.cases.iter().all(CaseResult::good),
        }
    }
}

impl CaseVerdict {
    /// The verdict without its details.
    #[must_use]
    pub fn kind(&self) -> VerdictKind {
        match self {
            Self::Passed => VerdictKind::Passed,
            Self::Different(_) => VerdictKind::Different,
            Self::Failed(failure) => match failure {
                Failure::Panicked { .. } => VerdictKind::Panicked,
                Failure::Raised { .. } => VerdictKind::Raised,
                Failure::Unusable { .. } => VerdictKind::Unusable,
                Failure::Exited { .. } => VerdictKind::Exited,
                Failure::Aborted => VerdictKind::Aborted,
                Failure::Crashed { .. } => VerdictKind::Crashed,
                Failure::StackOverflow => VerdictKind::StackOverflow,
                Failure::OutOfTime { .. } => VerdictKind::OutOfTime,
                Failure::OutOfMemory { .. } => VerdictKind::OutOfMemory,
                Failure::TooMuchOutput { .. } => VerdictKind::TooMuchOutput,
                Failure::TooLargeResult { .. } => VerdictKind::TooLargeResult,
                Failure::DidNotFinish => VerdictKind::DidNotFinish,
            },
            Self::NotRun(NotRun::ShownCasesFirst | NotRun::OutOfTimeBefore) => VerdictKind::NotRun,
            Self::NotRun(NotRun::NotAskedFor) => VerdictKind::NotAskedFor,
            Self::NotRun(NotRun::Sealed) => VerdictKind::Sealed,
        }
    }
}

impl CaseResult {
    /// The reason if there is no output.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match &self.verdict {
            CaseVerdict::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    /// Whether inputs, outputs and printed text may be shown.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.kind == CaseKind::Shown
    }

    /// Whether it is a sealed case that was run; only the teacher may see whether it passed.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.kind == CaseKind::Sealed && !matches!(self.verdict, CaseVerdict::NotRun(_))
    }

    /// Whether the case does not count against the answer: it passed or was not judged.
    #[must_use]
    pub fn good(&self) -> bool {
        matches!(
            self.verdict,
            CaseVerdict::Passed | CaseVerdict::NotRun(NotRun::NotAskedFor | NotRun::Sealed)
        )
    }

    /// Whether it will be run once other cases pass.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        matches!(self.verdict, CaseVerdict::NotRun(NotRun::ShownCasesFirst))
    }
}
