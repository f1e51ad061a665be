//! Finds similar pairs of forms through an index of fingerprints, so that a thousand answers are not compared
//! pairwise.

use std::collections::BinaryHeap;

use super::regions::{Region, common};
use super::shape::Shape;
use super::winnow::{FOUND, Print};

/// An answer with fewer tokens that are not from the starter is too short to compare.
pub(crate) const LEAST: usize = 2 * FOUND;
/// The minimum similarity of a listed pair, in percent.
pub(crate) const LOWEST: u32 = 50;
/// The maximum number of pairs that are listed for one kata.
pub(crate) const MOST: usize = 25;
/// The number of candidates that are compared token by token for each listed pair.
const LOOKED_AT: usize = 8;
/// Two forms with fewer common fingerprints, not counting idioms, are not candidates.
const FEWEST: usize = 3;
/// The maximum number of fingerprints in memory: for a very large class, only a sample is kept, chosen in the same
/// way for every form.
pub(super) const MOST_PRINTS: usize = 1 << 20;

/// Two forms that have much in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The form that came first.
    pub one: usize,
    /// The other form.
    pub other: usize,
    /// The similarity of both, in percent.
    pub score: u32,
    /// The number of common tokens.
    pub tokens: usize,
    /// The common runs, in the order of the first form.
    pub regions: Vec<Region>,
}

/// The fingerprints of all forms.
#[derive(Default)]
pub(super) struct Prints {
    /// The distinct fingerprints of each form.
    all: Vec<(u64, u32)>,
    /// The number of fingerprints of each form.
    counts: Vec<u32>,
    /// One of 2^`sampled` fingerprints is kept.
    sampled: u32,
}

impl Prints {
    /// Adds the fingerprints of the next form.
    pub(super) fn add(&mut self, shape: &Shape) {
        let form = self.counts.len() as u32;
        let speaks = shape.own_tokens() >= LEAST;
        let mut hashes: Vec<u64> = match speaks {
            true => shape
                .fingerprints()
                .iter()
                .map(|print| print.hash)
                .collect(),
            false => Vec::new(),
        };
        hashes.sort_unstable();
        hashes.dedup();
        hashes.retain(|hash| is_held(*hash, self.sampled));
        self.counts.push(hashes.len() as u32);
        self.all.extend(hashes.into_iter().map(|hash| (hash, form)));
        while self.all.len() > MOST_PRINTS {
            self.sampled += 1;
            let (sampled, counts) = (self.sampled, &mut self.counts);
            self.all.retain(|(hash, form)| {
                let held = is_held(*hash, sampled);
                counts[*form as usize] -= u32::from(!held);
                held
            });
        }
    }

    /// Whether only a sample is kept.
    pub(super) fn is_sampled(&self) -> bool {
        self.sampled > 0
    }
}

fn is_held(hash: u64, sampled: u32) -> bool {
    hash.trailing_zeros() >= sampled
}

/// Two forms and how many fingerprints they share, per thousand of what both have; the ordering puts the least
/// similar pair on top.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    share: std::cmp::Reverse<usize>,
    one: usize,
    other: usize,
}

/// Lists the most similar pairs, and counts the other similar ones; `shape` returns the shape of a form.
pub(super) fn listed<E>(
    prints: Prints,
    shape: impl Fn(usize) -> Result<Shape, E>,
) -> Result<(Vec<Pair>, usize), E> {
    let index = Index::of(prints);
    let (candidates, found) = index.candidates();
    let looked_at = candidates.len();
    let mut pairs = Vec::new();
    for two in candidates {
        let (one, other) = (shape(two.one)?, shape(two.other)?);
        let seeds = |shape: &Shape| -> Vec<Print> {
            let prints = shape.fingerprints().into_iter();
            prints.filter(|print| index.has(print.hash)).collect()
        };
        let (tokens, regions) = common(&one, &other, (seeds(&one), seeds(&other)));
        let all = one.own_tokens() + other.own_tokens();
        let score = u32::try_from(200 * tokens / all.max(1));
        let pair = Pair {
            one: two.one,
            other: two.other,
            score: score.unwrap_or(0).min(100),
            tokens,
            regions,
        };
        if pair.score >= LOWEST {
            pairs.push(pair);
        }
    }
    pairs.sort_by_key(|pair| {
        let most_first = std::cmp::Reverse((pair.score, pair.tokens));
        (most_first, pair.one, pair.other)
    });
    let more = found - looked_at + pairs.len().saturating_sub(MOST);
    pairs.truncate(MOST);
    Ok((pairs, more))
}

/// An index from fingerprints to forms, without fingerprints of a single form or of very many forms.
struct Index {
    /// By fingerprint, and then by form.
    forms: Vec<(u64, u32)>,
    /// For each form and each of its fingerprints, the start of the forms that share it.
    places: Vec<(u32, u32)>,
    /// The number of fingerprints of each form, including those left out here.
    counts: Vec<u32>,
}

impl Index {
    fn of(prints: Prints) -> Self {
        let Prints {
            all: mut forms,
            counts,
            ..
        } = prints;
        forms.sort_unstable();
        let idiom = idiom(counts.len());
        let (mut kept, mut start) = (0, 0);
        let mut places = Vec::new();
        while start < forms.len() {
            let same = forms[start..]
                .iter()
                .take_while(|one| one.0 == forms[start].0);
            let end = start + same.count();
            if (2..=idiom).contains(&(end - start)) {
                places.extend(
                    forms[start..end]
                        .iter()
                        .map(|(_, form)| (*form, kept as u32)),
                );
                forms.copy_within(start..end, kept);
                kept += end - start;
            }
            start = end;
        }
        forms.truncate(kept);
        places.sort_unstable();
        Self {
            forms,
            places,
            counts,
        }
    }

    fn has(&self, hash: u64) -> bool {
        self.forms.binary_search_by_key(&hash, |one| one.0).is_ok()
    }

    /// Returns the pairs that share the most, and the number of pairs that share enough.
    fn candidates(&self) -> (Vec<Candidate>, usize) {
        let mut most: BinaryHeap<Candidate> = BinaryHeap::new();
        let mut found = 0;
        let mut shared = vec![0_u32; self.counts.len()];
        for own in self.places.chunk_by(|one, next| one.0 == next.0) {
            let one = own[0].0;
            let mut touched = Vec::new();
            for (_, start) in own {
                let with_it = &self.forms[*start as usize..];
                let with_it = with_it.iter().take_while(|form| form.0 == with_it[0].0);
                for (_, other) in with_it.filter(|(_, other)| *other > one) {
                    if shared[*other as usize] == 0 {
                        touched.push(*other as usize);
                    }
                    shared[*other as usize] += 1;
                }
            }
            let one = one as usize;
            for other in touched {
                let both = std::mem::take(&mut shared[other]) as usize;
                let all = (self.counts[one] + self.counts[other]) as usize;
                let share = 2000 * both / all.max(1);
                // Idioms are not counted here, so this threshold is lower than that of the score.
                if both >= FEWEST && share >= 250 {
                    found += 1;
                    let share = std::cmp::Reverse(share);
                    most.push(Candidate { share, one, other });
                    if most.len() > MOST * LOOKED_AT {
                        most.pop();
                    }
                }
            }
        }
        (most.into_sorted_vec(), found)
    }
}

/// A fingerprint in more forms than this is a common idiom.
fn idiom(forms: usize) -> usize {
    (forms / 20).clamp(6, 40)
}
