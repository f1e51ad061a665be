//! Access to the submissions of a record, one at a time, whether in memory or on disk.

use std::borrow::Cow;
use std::io::Result;

use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};

use super::{KataRecord, Record, Status, Submission};
use crate::files::Spill;

/// A record whose submissions are in memory, or on disk.
pub type AnyRecord = Record<dyn Submissions>;

/// Access to submissions one by one. Only those on disk can fail to be read.
pub trait Submissions {
    /// Their number.
    fn count(&self) -> usize;

    /// Returns one.
    ///
    /// # Errors
    /// When it cannot be read.
    fn get(&self, place: usize) -> Result<Cow<'_, Submission>>;

    /// Returns one without its katas.
    ///
    /// # Errors
    /// When it cannot be read.
    fn person(&self, place: usize) -> Result<Cow<'_, Submission>>;

    /// Returns the result for the kata with this name, which is usually the one at this index.
    ///
    /// # Errors
    /// When it cannot be read.
    fn kata(&self, place: usize, kata: usize, id: &str) -> Result<Option<Cow<'_, KataRecord>>>;

    /// Returns a spill for data that a report cannot keep in memory.
    fn spill(&self) -> Spill;
}

impl dyn Submissions + '_ {
    /// Iterates over them.
    pub fn each(&self) -> impl Iterator<Item = Result<Cow<'_, Submission>>> {
        (0..self.count()).map(|place| self.get(place))
    }
}

impl AnyRecord {
    /// Whether every kata of every submission passed.
    ///
    /// # Errors
    /// When a submission cannot be read.
    pub fn all_passed(&self) -> Result<bool> {
        for submission in self.submissions.each() {
            if submission?
                .katas
                .iter()
                .any(|kata| kata.status != Status::Passed)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns the record of a single submission, as if it were not part of a class; an empty one if there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn alone(&self, place: usize) -> Result<Record> {
        let there = (place..self.submissions.count()).take(1);
        let alone = there.map(|place| self.submissions.get(place).map(Cow::into_owned));
        Ok(Record {
            format: self.format.clone(),
            judge: self.judge.clone(),
            course: self.course.clone(),
            part: None,
            submissions: alone.collect::<Result<_>>()?,
        })
    }
}

impl Submissions for Vec<Submission> {
    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, place: usize) -> Result<Cow<'_, Submission>> {
        Ok(Cow::Borrowed(&self[place]))
    }

    fn person(&self, place: usize) -> Result<Cow<'_, Submission>> {
        self.get(place)
    }

    fn kata(&self, place: usize, kata: usize, id: &str) -> Result<Option<Cow<'_, KataRecord>>> {
        Ok(self[place].kata(kata, id).map(Cow::Borrowed))
    }

    fn spill(&self) -> Spill {
        Spill::in_folder(&std::env::temp_dir())
    }
}

impl Serialize for dyn Submissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.count()))?;
        for submission in self.each() {
            list.serialize_element(&submission.map_err(S::Error::custom)?)?;
        }
        list.end()
    }
}
