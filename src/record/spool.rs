//! Submissions on disk: the result of each answer is written as it arrives, and only its location is in memory.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{Error, Result};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{KataRecord, Submission, Submissions};
use crate::files::{Piece, Spill};

/// Serialized values in a spill; the reader must know their types.
#[derive(Debug)]
pub struct Values(Spill);

impl Values {
    /// Holds nothing yet.
    #[must_use]
    pub fn new(spill: Spill) -> Self {
        Self(spill)
    }

    /// Keeps a value.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, value: &impl Serialize) -> Result<Piece> {
        self.0.put(&serde_json::to_vec(value)?)
    }

    /// Reads a value.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn get<T: DeserializeOwned>(&mut self, piece: Piece) -> Result<T> {
        let bytes = self.0.get(piece)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

/// The submissions of a class on disk, and in memory a few bytes for each answer.
#[derive(Debug)]
pub struct Spool {
    values: RefCell<Values>,
    submissions: Vec<Place>,
}

/// Where a submission is.
#[derive(Debug)]
struct Place {
    /// Everything but its katas.
    person: Piece,
    katas: Box<[Piece]>,
}

impl Spool {
    /// Holds nothing yet.
    #[must_use]
    pub fn new(spill: Spill) -> Self {
        Self {
            values: RefCell::new(Values::new(spill)),
            submissions: Vec::new(),
        }
    }

    /// Stores the result of one answer, whose submission is added later.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, kata: &KataRecord) -> Result<Piece> {
        self.values.get_mut().put(kata)
    }

    /// Adds a submission with the stored results of its answers; its own katas are ignored.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, person: &Submission, katas: Vec<Piece>) -> Result<()> {
        let alone = Submission {
            id: person.id.clone(),
            student: person.student.clone(),
            katas: Vec::new(),
            problems: person.problems.clone(),
        };
        let person = self.values.get_mut().put(&alone)?;
        self.submissions.push(Place {
            person,
            katas: katas.into(),
        });
        Ok(())
    }

    /// Adds a whole submission.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn push(&mut self, submission: &Submission) -> Result<()> {
        let katas = submission.katas.iter().map(|kata| self.put(kata));
        let katas = katas.collect::<Result<_>>()?;
        self.add(submission, katas)
    }

    /// Sorts the submissions by id, and returns the ids.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn sort(&mut self) -> Result<Vec<String>> {
        let places = std::mem::take(&mut self.submissions).into_iter();
        let values = self.values.get_mut();
        let named = places.map(|place| Ok((values.get::<Submission>(place.person)?.id, place)));
        let mut named = named.collect::<Result<Vec<_>>>()?;
        named.sort_by(|a, b| a.0.cmp(&b.0));
        let (ids, places) = named.into_iter().unzip();
        self.submissions = places;
        Ok(ids)
    }

    /// Reads all of them into memory.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn in_memory(&self) -> Result<Vec<Submission>> {
        (0..self.count())
            .map(|place| self.get(place).map(Cow::into_owned))
            .collect()
    }

    fn read<T: DeserializeOwned>(&self, piece: Piece) -> Result<T> {
        let read = self.values.borrow_mut().get(piece);
        read.map_err(|error| Error::other(format!("what was put aside cannot be read: {error}")))
    }
}

impl Submissions for Spool {
    fn count(&self) -> usize {
        self.submissions.len()
    }

    fn get(&self, place: usize) -> Result<Cow<'_, Submission>> {
        let mut submission = self.person(place)?.into_owned();
        let katas = self.submissions[place].katas.iter();
        submission.katas = katas.map(|kata| self.read(*kata)).collect::<Result<_>>()?;
        Ok(Cow::Owned(submission))
    }

    fn person(&self, place: usize) -> Result<Cow<'_, Submission>> {
        self.read(self.submissions[place].person).map(Cow::Owned)
    }

    fn kata(&self, place: usize, kata: usize, id: &str) -> Result<Option<Cow<'_, KataRecord>>> {
        let katas = &self.submissions[place].katas;
        // Try the submission at this index first, and search all of them only if it is a different one.
        for piece in katas.get(kata).into_iter().chain(katas.iter()) {
            let record: KataRecord = self.read(*piece)?;
            if record.kata == id {
                return Ok(Some(Cow::Owned(record)));
            }
        }
        Ok(None)
    }

    fn spill(&self) -> Spill {
        self.values.borrow().0.another()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Status;

    fn submission(id: &str, katas: &[&str]) -> Submission {
        let kata = |kata: &&str| KataRecord::without_cases(kata, Status::Missing, 4, id);
        Submission {
            id: id.to_owned(),
            katas: katas.iter().map(kata).collect(),
            problems: vec![format!("a problem of {id}")],
            ..Submission::default()
        }
    }

    /// Reading from a spool gives the same as reading from memory.
    #[test]
    fn a_spool_gives_what_was_put_in() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(Spill::in_folder(folder.path()));
        let mut all = vec![
            submission("eve", &["a", "b", "c"]),
            submission("ada", &["c", "a"]),
            submission("bob", &[]),
        ];
        for one in &all {
            spool.push(one).unwrap();
        }
        assert_eq!(spool.sort().unwrap(), ["ada", "bob", "eve"]);
        all.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(spool.in_memory().unwrap(), all);
        for place in 0..3 {
            assert_eq!(spool.get(place).unwrap(), all.get(place).unwrap());
            let alone = spool.person(place).unwrap().into_owned();
            assert_eq!(
                (alone.id, alone.problems),
                (all[place].id.clone(), all[place].problems.clone())
            );
            for (kata, id) in ["a", "b", "c", "d"].into_iter().enumerate() {
                assert_eq!(
                    spool.kata(place, kata, id).unwrap(),
                    all.kata(place, kata, id).unwrap()
                );
            }
        }
    }
}
