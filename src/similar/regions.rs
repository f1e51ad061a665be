//! What two texts have in common: runs of tokens that do not overlap, grown from shared fingerprints.

use std::collections::HashMap;
use std::ops::Range;

use super::shape::Shape;
use super::winnow::{FOUND, NOISE, Print};

/// A run may occur many times in one text; at most this many occurrences are tried.
const MOST_PLACES: usize = 8;

/// A run of tokens that two texts have in common, as bytes of the first answer of each form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// Where it is in the first text.
    pub one: Range<usize>,
    /// Where it is in the second text.
    pub other: Range<usize>,
}

/// A run of tokens in both texts: where it begins in each and how long it is.
#[derive(Clone, Copy)]
struct Run {
    one: usize,
    other: usize,
    length: usize,
}

/// Returns the number of common tokens of two texts, and where they are, grown from their fingerprints.
pub(super) fn common(
    one: &Shape,
    other: &Shape,
    (seeds, others): (Vec<Print>, Vec<Print>),
) -> (usize, Vec<Region>) {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for print in others {
        let at = places.entry(print.hash).or_default();
        if at.len() < MOST_PLACES {
            at.push(print.at);
        }
    }
    let mut free = (one.own.clone(), other.own.clone());
    let mut runs: Vec<Run> = Vec::new();
    for seed in seeds {
        // Each token is visited once, so that a long repetitive answer does not take longer than others.
        if free.0[seed.at..seed.at + NOISE].iter().all(|free| !free) {
            continue;
        }
        let meets = places.get(&seed.hash).into_iter().flatten();
        let grown = meets.map(|at| grow(one, other, &free, (seed.at, *at)));
        let Some(run) = grown.max_by_key(|run| run.length) else {
            continue;
        };
        // Runs shorter than the guarantee may be found or not; they mean little by themselves.
        if run.length < FOUND {
            continue;
        }
        free.0[run.one..run.one + run.length].fill(false);
        free.1[run.other..run.other + run.length].fill(false);
        runs.push(run);
    }
    runs.sort_by_key(|run| run.one);
    let bytes = |shape: &Shape, first: usize, length: usize| {
        shape.places[first].start..shape.places[first + length - 1].end
    };
    let regions = runs.iter().map(|run| Region {
        one: bytes(one, run.one, run.length),
        other: bytes(other, run.other, run.length),
    });
    (runs.iter().map(|run| run.length).sum(), regions.collect())
}

/// The longest common run through a token of each text that uses only unused tokens of both.
fn grow(one: &Shape, other: &Shape, free: &(Vec<bool>, Vec<bool>), seed: (usize, usize)) -> Run {
    let same = |a: usize, b: usize| {
        let inside = a < one.symbols.len() && b < other.symbols.len();
        inside && one.symbols[a] == other.symbols[b] && free.0[a] && free.1[b]
    };
    let (mut a, mut b) = seed;
    // A run may begin in code from the starter; only the part after it counts.
    let end = seed.0 + NOISE;
    while a < end && !same(a, b) {
        (a, b) = (a + 1, b + 1);
    }
    let mut length = 0;
    while same(a + length, b + length) {
        length += 1;
    }
    while a > 0 && b > 0 && length > 0 && same(a - 1, b - 1) {
        (a, b, length) = (a - 1, b - 1, length + 1);
    }
    Run {
        one: a,
        other: b,
        length,
    }
}
