//! Groups students by equal values, when there may be as many values as students.

use std::cmp::Reverse;
use std::hash::{BuildHasher, Hash, RandomState};

/// Students by value: only a hash of each value and its first occurrence are stored.
#[derive(Default)]
pub(super) struct Alike {
    had: Vec<(u64, u32, u32)>,
    hash: RandomState,
}

/// The students with one value.
pub(super) struct Same {
    pub(super) members: Vec<u32>,
    /// The index of the value among those of the first student.
    pub(super) place: u32,
}

impl Alike {
    /// Adds a student's value, with its index.
    pub(super) fn add(&mut self, student: u32, place: u32, thing: &impl Hash) {
        self.had.push((self.hash.hash_one(thing), student, place));
    }

    /// Returns the most common values that enough students share: at most `most` of them, the most common first, and
    /// equally common ones in order of occurrence. The rest are students with any other value.
    pub(super) fn commonest(mut self, most: usize, least: usize) -> (Vec<Same>, Vec<u32>) {
        self.had.sort_unstable();
        self.had
            .dedup_by_key(|(hash, student, _)| (*hash, *student));
        let mut same: Vec<&[(u64, u32, u32)]> = self.had.chunk_by(|a, b| a.0 == b.0).collect();
        same.sort_unstable_by_key(|same| (Reverse(same.len()), same[0].1, same[0].2));
        let enough = same.iter().take_while(|same| same.len() >= least);
        let shown = enough.take(most).count();
        let members = |same: &[(u64, u32, u32)]| same.iter().map(|one| one.1).collect();
        let mut rest: Vec<u32> = same[shown..]
            .iter()
            .flat_map(|same| same.iter().map(|one| one.1))
            .collect();
        rest.sort_unstable();
        rest.dedup();
        let shown = same[..shown].iter().map(|same| Same {
            members: members(same),
            place: same[0].2,
        });
        (shown.collect(), rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_come_first_and_then_what_was_met_first() {
        let all = || {
            let mut had = Alike::default();
            for (student, things) in ["b", "ca", "a", "dde", "e", "f"].iter().enumerate() {
                for (place, thing) in things.chars().enumerate() {
                    had.add(student as u32, place as u32, &thing);
                }
            }
            had
        };
        let given = |most, least| {
            let (same, rest) = all().commonest(most, least);
            let same = same.into_iter().map(|same| (same.members, same.place));
            (same.collect::<Vec<_>>(), rest)
        };
        let (a, e) = ((vec![1, 2], 1), (vec![3, 4], 2));
        assert_eq!(given(9, 2), (vec![a.clone(), e.clone()], vec![0, 1, 3, 5]));
        assert_eq!(given(1, 2), (vec![a.clone()], vec![0, 1, 3, 4, 5]));
        let (b, c) = ((vec![0], 0), (vec![1], 0));
        assert_eq!(given(4, 1), (vec![a, e, b, c], vec![3, 5]));
    }
}
