//! The submissions of a record as a report reads them: one at a time, wherever they are kept.

use std::borrow::Cow;
use std::io::Result;

use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};

use super::{KataRecord, Record, Submission};
use crate::files::Spill;

/// A record whose submissions are in memory, or on disk.
pub type AnyRecord = Record<dyn Submissions>;

/// Gives submissions one by one. Only what is kept on disk can fail to be read.
pub trait Submissions {
    /// How many there are.
    fn count(&self) -> usize;

    /// Gives one.
    ///
    /// # Errors
    /// When it cannot be read.
    fn get(&self, place: usize) -> Result<Cow<'_, Submission>>;

    /// Gives one with nothing of its katas.
    ///
    /// # Errors
    /// When it cannot be read.
    fn person(&self, place: usize) -> Result<Cow<'_, Submission>>;

    /// Gives the result of its answer to a kata: the one with this name, which mostly is the one at this place.
    ///
    /// # Errors
    /// When it cannot be read.
    fn kata(&self, place: usize, kata: usize, id: &str) -> Result<Option<Cow<'_, KataRecord>>>;

    /// Gives room for what a report makes of them and cannot keep in memory.
    fn spill(&self) -> Spill;
}

impl dyn Submissions + '_ {
    /// Gives one after another.
    pub fn each(&self) -> impl Iterator<Item = Result<Cow<'_, Submission>>> {
        (0..self.count()).map(|place| self.get(place))
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
