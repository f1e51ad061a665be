//! An answer to judge, how it is judged, and why that may fail.

use std::path::Path;
use std::time::Duration;

use crate::catalog::{CatalogError, Kata};
use crate::files::Cache;
use crate::sandbox::{Author, Limits};
use crate::seal::Pace;
use crate::spec::{Case, KataLimits};
use crate::track::{Session, TrackError};

/// An answer to judge.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The kata.
    pub kata: &'a Kata,
    /// What judges answers in its language.
    pub session: &'a dyn Session,
    /// The answer.
    pub answer: Answer<'a>,
    /// The answer's file as the learner knows it.
    pub shown_as: &'a Path,
    /// Which cases to run.
    pub cases: Cases,
    /// How long the answer may take, where somebody said so.
    pub time_limit: Option<Duration>,
    /// What to do with an untrusted answer where this machine cannot confine it.
    pub unconfined: Unconfined,
    /// The width of the screen that the compiler's messages are for.
    pub width: usize,
    /// Where built things are kept.
    pub cache: &'a Cache,
    /// The sealed cases, opened with the class key; without them they are listed and not run.
    pub sealed: Option<&'a [Case]>,
}

/// Where an answer is taken from.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// From a file, which is not followed through a link.
    File(&'a Path),
    /// From memory.
    Bytes(&'a [u8]),
}

/// What to do with an untrusted answer that cannot be confined.
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

/// An answer could not be judged; it is not to blame.
#[derive(Debug, thiserror::Error)]
pub enum GradeError {
    /// The tools are missing or broken.
    #[error(transparent)]
    Track(#[from] TrackError),
    /// The kata is broken.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
}

impl Request<'_> {
    /// What the answer may use.
    pub(crate) fn limits(&self) -> Limits {
        limits(self.session, self.kata.spec.limits, self.time_limit)
    }

    pub(super) fn author(&self) -> Author {
        self.session.purpose().author()
    }

    /// How many slow digests are computed at once: other people's answers are judged many at a time.
    pub(super) fn pace(&self) -> Pace {
        match self.author() {
            Author::Own => Pace::SideBySide,
            Author::Untrusted => Pace::OneByOne,
        }
    }
}

/// What an answer may use: as always in its language, or as the kata says, or as long as somebody said.
#[must_use]
pub fn limits(session: &dyn Session, kata: KataLimits, time_limit: Option<Duration>) -> Limits {
    let usual = session.limits();
    let seconds = kata
        .seconds
        .map(|seconds| Duration::from_secs(seconds.into()));
    let time = time_limit.or(seconds);
    let memory = kata
        .memory
        .map_or(usual.memory, |mebibytes| u64::from(mebibytes) << 20);
    Limits {
        wall: time.unwrap_or(usual.wall),
        processor: time.unwrap_or(usual.processor),
        memory,
        // What is mapped and no memory of the answer's own stays as much as it was.
        address: usual
            .address
            .saturating_sub(usual.memory)
            .saturating_add(memory),
        ..usual
    }
}
