//! How far judging an answer of a submission has come: what `one` hands to `shared` and to `run`.

use super::keep::Key;
use super::work::RecordOrigin;
use crate::grade::Unsealed;
use crate::record::{Answer, KataRecord};

/// How far an answer came.
pub(super) enum Stage {
    /// It is done.
    Done(Box<Done>),
    /// Its sealed cases wait for the rest of the submission.
    Waiting(Box<Waiting>),
}

/// One answer, done.
pub(super) struct Done {
    pub(super) task: usize,
    pub(super) record: KataRecord,
    pub(super) how: RecordOrigin,
    pub(super) problem: Option<String>,
    /// The key of a result that is not kept.
    pub(super) unkept: Option<Key>,
}

/// One answer that was judged by all but its sealed cases.
pub(super) struct Waiting {
    pub(super) done: Box<Done>,
    pub(super) answer: Answer,
    /// The place of its track among those that the kata takes.
    pub(super) offer: usize,
    pub(super) key: Key,
    pub(super) unsealed: Box<Unsealed>,
}
