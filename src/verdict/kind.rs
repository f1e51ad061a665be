//! A verdict without its details: the word that lists show and that progress stores.

use serde::{Deserialize, Serialize};

/// A verdict about a case, without its details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "&'static str")]
pub enum VerdictKind {
    /// The output is right.
    Passed,
    /// The output differs.
    Different,
    /// The answer panicked.
    Panicked,
    /// The answer raised an exception.
    Raised,
    /// The value is not of the kata's type.
    Unusable,
    /// It exited the program.
    Exited,
    /// It aborted.
    Aborted,
    /// A signal ended it.
    Crashed,
    /// The stack overflowed.
    StackOverflow,
    /// It ran out of time.
    OutOfTime,
    /// It used too much memory.
    OutOfMemory,
    /// It printed too much.
    TooMuchOutput,
    /// It returned too much.
    TooLargeResult,
    /// The program ended early.
    DidNotFinish,
    /// Other cases must pass first, or an earlier case used up the time.
    NotRun,
    /// A different case was chosen.
    NotAskedFor,
    /// It is sealed, and no class key was given.
    Sealed,
    /// A word of a different version of katas that this version does not have.
    Unknown,
}

impl VerdictKind {
    /// All of them.
    const ALL: [Self; 18] = [
        Self::Passed,
        Self::Different,
        Self::Panicked,
        Self::Raised,
        Self::Unusable,
        Self::Exited,
        Self::Aborted,
        Self::Crashed,
        Self::StackOverflow,
        Self::OutOfTime,
        Self::OutOfMemory,
        Self::TooMuchOutput,
        Self::TooLargeResult,
        Self::DidNotFinish,
        Self::NotRun,
        Self::NotAskedFor,
        Self::Sealed,
        Self::Unknown,
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Different => "differs",
            Self::Panicked => "panicked",
            Self::Raised => "exception",
            Self::Unusable => "wrong kind",
            Self::Exited => "exited",
            Self::Aborted => "aborted",
            Self::Crashed => "crashed",
            Self::StackOverflow => "stack overflow",
            Self::OutOfTime => "timed out",
            Self::OutOfMemory => "out of memory",
            Self::TooMuchOutput => "too much output",
            Self::TooLargeResult => "too large",
            Self::DidNotFinish => "did not finish",
            Self::NotRun => "not run",
            Self::NotAskedFor => "skipped",
            Self::Sealed => "sealed, not run",
            Self::Unknown => "unknown",
        }
    }
}

impl From<String> for VerdictKind {
    fn from(word: String) -> Self {
        let known = Self::ALL.into_iter().find(|kind| kind.word() == word);
        known.unwrap_or(Self::Unknown)
    }
}

impl From<VerdictKind> for &'static str {
    fn from(kind: VerdictKind) -> Self {
        kind.word()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_another_version_is_unknown_and_all_others_come_back() {
        let read = |word: &str| VerdictKind::from(word.to_owned());
        assert_eq!(read("timed out"), VerdictKind::OutOfTime);
        assert_eq!(read("skipped"), VerdictKind::NotAskedFor);
        assert_eq!(read("rejected"), VerdictKind::Unknown);
        for kind in VerdictKind::ALL {
            let text = serde_json::to_string(&kind).unwrap();
            assert_eq!(
                serde_json::from_str::<VerdictKind>(&text).unwrap(),
                kind,
                "{text}"
            );
        }
    }
}
