//! The work of judging a class: what is judged, by what, and how a record came to be. `run` does it.

use std::sync::atomic::AtomicBool;

use super::{Plan, SubmissionFiles};
use crate::record::{KataAbout, KataRecord, Status};

/// What work is done with.
pub struct Work<'a> {
    /// What to judge by.
    pub plan: &'a Plan<'a>,
    /// The submissions.
    pub submissions: &'a [SubmissionFiles],
    /// Set from outside to stop: what is running is finished, the rest is left.
    pub stop: &'a AtomicBool,
    /// Whether records are of a class: with the answers' texts, without times.
    pub of_class: bool,
}

impl Work<'_> {
    /// How many answers there are to judge, those that are missing too.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.submissions.len() * self.plan.course.katas.len()
    }
}

/// How a record came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordOrigin {
    /// The answer was judged now.
    Judged,
    /// The same answer was judged before.
    Kept,
    /// There was nothing to judge.
    Nothing,
}

/// The record of an answer that was not judged.
pub(super) fn unjudged(kata: &KataAbout, headline: &str) -> KataRecord {
    KataRecord::without_cases(&kata.id, Status::Unjudged, kata.points, headline)
}
