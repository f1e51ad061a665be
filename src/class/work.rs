//! The input of a run: what is judged and with what. `run` does the work.

use std::sync::atomic::AtomicBool;

use super::{Plan, SubmissionFiles};
use crate::record::{KataAbout, KataRecord, Status};

/// The input of a run.
pub struct Work<'a> {
    /// The plan.
    pub plan: &'a Plan<'a>,
    /// The submissions.
    pub submissions: &'a [SubmissionFiles],
    /// Set from outside to stop: running answers are finished, the rest are not judged.
    pub stop: &'a AtomicBool,
    /// Whether the records are of a class: they include the answers' texts and no times.
    pub of_class: bool,
}

impl Work<'_> {
    /// The number of answers to judge, including missing ones.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.submissions.len() * self.plan.course.katas.len()
    }
}

/// How a record was obtained.
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
