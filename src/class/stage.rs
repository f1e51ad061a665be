//! The stages of judging an answer: what `one` passes to `shared` and `run`.

use super::keep::Key;
use super::work::RecordOrigin;
use crate::grade::Unsealed;
use crate::record::{Answer, KataRecord};

/// The stage of an answer.
pub(super) enum Stage {
    /// It is done.
    Done(Box<Done>),
    /// Its sealed cases must wait for the rest of the submission.
    Waiting(Box<Waiting>),
}

/// A finished answer.
pub(super) struct Done {
    pub(super) task: usize,
    pub(super) record: KataRecord,
    pub(super) how: RecordOrigin,
    pub(super) problem: Option<String>,
    /// The key of a result that is not cached.
    pub(super) unkept: Option<Key>,
}

/// An answer judged by all but its sealed cases.
pub(super) struct Waiting {
    pub(super) done: Box<Done>,
    pub(super) answer: Answer,
    /// The index of its track among those of the kata.
    pub(super) offer: usize,
    pub(super) key: Key,
    pub(super) unsealed: Box<Unsealed>,
}
