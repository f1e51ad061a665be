//! A request to judge an answer, and the errors in judging.

use std::path::Path;
use std::time::Duration;

use crate::catalog::{CatalogError, Kata};
use crate::files::Cache;
use crate::sandbox::{Author, CancelToken, Limits};
use crate::seal::Pace;
use crate::spec::{Case, KataLimits};
use crate::track::{Session, TrackError};

/// A request to judge an answer.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The kata.
    pub kata: &'a Kata,
    /// The session of its language.
    pub session: &'a dyn Session,
    /// The answer.
    pub answer: Answer<'a>,
    /// The answer's path, as shown to the learner.
    pub shown_as: &'a Path,
    /// Which cases to run.
    pub cases: Cases,
    /// The time limit, if one was given.
    pub time_limit: Option<Duration>,
    /// What to do with an untrusted answer if this machine cannot confine it.
    pub unconfined: Unconfined,
    /// The width of the screen, for the compiler's messages.
    pub width: usize,
    /// The cache.
    pub cache: &'a Cache,
    /// The decrypted sealed cases; without them, sealed cases are listed but not run.
    pub sealed: Option<&'a [Case]>,
    /// Cancels the judging, which then fails with an error.
    pub cancel: Option<&'a CancelToken>,
}

/// The source of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// A file; a link is not followed.
    File(&'a Path),
    /// Bytes in memory.
    Bytes(&'a [u8]),
}

/// What to do with an untrusted answer that cannot be confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unconfined {
    /// Refuse to compile and run it.
    Refuse,
    /// Judge it anyway, at the user's own risk.
    Allow,
}

/// Which cases to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cases {
    /// The shown cases and, if they pass, the hidden ones.
    All,
    /// Only the case with this number in the spec, from 1.
    Only(usize),
}

/// An answer could not be judged, through no fault of the answer.
#[derive(Debug, thiserror::Error)]
pub enum GradeError {
    /// The tools are missing or broken.
    #[error(transparent)]
    Track(#[from] TrackError),
    /// The kata is broken.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
}

impl<'a> Request<'a> {
    /// A request to judge all shown and hidden cases of the learner's own answer: a file, and its path as shown.
    #[must_use]
    pub fn own(
        kata: &'a Kata,
        session: &'a dyn Session,
        (file, shown_as): (&'a Path, &'a Path),
        cache: &'a Cache,
        width: usize,
    ) -> Self {
        Self {
            kata,
            session,
            answer: Answer::File(file),
            shown_as,
            cases: Cases::All,
            time_limit: None,
            unconfined: Unconfined::Allow,
            width,
            cache,
            sealed: None,
            cancel: None,
        }
    }

    /// What the answer may use.
    pub(crate) fn limits(&self) -> Limits {
        limits(self.session, self.kata.spec.limits, self.time_limit)
    }

    pub(super) fn author(&self) -> Author {
        self.session.purpose().author()
    }

    /// How many slow digests are computed at once: many untrusted answers are judged in parallel.
    pub(super) fn pace(&self) -> Pace {
        match self.author() {
            Author::Own => Pace::SideBySide,
            Author::Untrusted => Pace::OneByOne,
        }
    }
}

/// The limits of an answer: the defaults of its language, those of the kata, or the given time limit.
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
        // The allowance for mapped files, on top of the answer's own memory, stays the same.
        address: usual
            .address
            .saturating_sub(usual.memory)
            .saturating_add(memory),
        ..usual
    }
}
