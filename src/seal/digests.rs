//! Computes many slow digests in parallel, unless they are cached.

use std::sync::{Mutex, PoisonError};

use super::Cost;
use super::SealError;
use super::hex::Hex;
use super::memo::Memo;
use super::slow::{self, Purpose};
use crate::files::Cache;
use crate::parallel;

/// An output to digest: its canonical form, and the salt of its case.
#[derive(Clone, Debug)]
pub struct Question {
    /// The case's salt.
    pub salt: Hex<16>,
    /// The output in canonical form.
    pub canonical: Vec<u8>,
}

/// Computes and caches slow digests of outputs.
#[derive(Clone, Copy, Debug)]
pub struct Digester<'a> {
    /// The cost of each digest.
    pub cost: Cost,
    /// Where they are cached.
    pub cache: &'a Cache,
    /// How many are computed in parallel.
    pub pace: Pace,
}

/// How many digests are computed in parallel. Each takes the memory given by [`Cost`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As many as there are processors, because a person is waiting.
    SideBySide,
    /// One at a time in the whole process, so that more workers of a class do not need more memory.
    OneByOne,
}

/// Held while a digest is computed with [`Pace::OneByOne`].
static TURN: Mutex<()> = Mutex::new(());

impl Digester<'_> {
    /// Returns the digest of each output, in order. Duplicates are computed once.
    ///
    /// # Errors
    /// When one cannot be computed.
    pub fn digests(&self, questions: &[Question]) -> Result<Vec<Hex<32>>, SealError> {
        let remembered = |question: &Question| {
            Memo::of(self.cache, question.salt, self.cost).get(&question.canonical)
        };
        let mut answers: Vec<_> = questions.iter().map(remembered).collect();
        let same = |a: usize, b: usize| {
            questions[a].salt == questions[b].salt
                && questions[a].canonical == questions[b].canonical
        };
        let first_of = |index: usize| (0..index).find(|earlier| same(*earlier, index));
        let open: Vec<usize> = (0..questions.len())
            .filter(|index| answers[*index].is_none() && first_of(*index).is_none())
            .collect();
        let threads = match self.pace {
            Pace::SideBySide => parallel::processors(),
            Pace::OneByOne => 1,
        };
        let digests = parallel::map(&open, threads, |index| self.compute(&questions[*index]))?;
        for (index, digest) in open.iter().zip(digests) {
            let question = &questions[*index];
            Memo::of(self.cache, question.salt, self.cost).put(&question.canonical, digest);
            answers[*index] = Some(digest);
        }
        let all = (0..questions.len()).map(|index| {
            let of = first_of(index).unwrap_or(index);
            answers[index]
                .or(answers[of])
                .ok_or_else(|| SealError::System("a digest was not computed".to_owned()))
        });
        all.collect()
    }

    fn compute(&self, question: &Question) -> Result<Hex<32>, SealError> {
        let _turn = match self.pace {
            Pace::SideBySide => None,
            // A panic cannot leave the lock's data inconsistent.
            Pace::OneByOne => Some(TURN.lock().unwrap_or_else(PoisonError::into_inner)),
        };
        let Question { salt, canonical } = question;
        let digest = slow::digest(self.cost, Purpose::Output, &salt.0, canonical)?;
        Ok(Hex(*digest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COST: Cost = Cost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    fn question(salt: u8, canonical: &str) -> Question {
        Question {
            salt: Hex([salt; 16]),
            canonical: canonical.as_bytes().to_vec(),
        }
    }

    #[test]
    fn digests_come_in_order_and_are_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let digester = Digester {
            cost: COST,
            cache: &cache,
            pace: Pace::SideBySide,
        };
        let asked = [
            question(1, "a"),
            question(1, "b"),
            question(2, "a"),
            question(1, "a"),
        ];
        let first = digester.digests(&asked).unwrap();
        for (question, digest) in asked.iter().zip(&first) {
            let alone = slow::digest(COST, Purpose::Output, &question.salt.0, &question.canonical);
            assert_eq!(digest.0, *alone.unwrap());
        }
        // The cache is trusted: a digest added by hand is returned, but only for its own salt and output.
        let planted = Hex([7; 32]);
        Memo::of(&cache, Hex([3; 16]), COST).put(b"a", planted);
        assert_eq!(digester.digests(&[question(3, "a")]).unwrap(), [planted]);
        assert_eq!(digester.digests(&asked).unwrap(), first);
    }

    #[test]
    fn a_damaged_memory_costs_time_only() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let digester = Digester {
            cost: COST,
            cache: &cache,
            pace: Pace::SideBySide,
        };
        let asked = [question(1, "a")];
        let first = digester.digests(&asked).unwrap();
        for file in std::fs::read_dir(folder.path().join("digests")).unwrap() {
            std::fs::write(file.unwrap().path(), b"\xff not a line\n00 11\n").unwrap();
        }
        assert_eq!(digester.digests(&asked).unwrap(), first);
    }
}
