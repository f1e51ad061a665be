//! What two texts have in common: runs of tokens grown from common fingerprints, none of which overlap.

use std::collections::HashMap;
use std::ops::Range;

use super::shape::Shape;
use super::winnow::{FOUND, NOISE, Print};

/// A run may stand in many places of one text; so many are tried.
const MOST_PLACES: usize = 8;

/// Holds a run of tokens that two texts have in common, as bytes of the first answer of each form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// Where it stands in the one.
    pub one: Range<usize>,
    /// Where it stands in the other.
    pub other: Range<usize>,
}

/// A run of tokens in both texts: where it begins in each and how long it is.
#[derive(Clone, Copy)]
struct Run {
    one: usize,
    other: usize,
    length: usize,
}

/// Gives how many tokens two texts have in common and where, grown from the fingerprints of each that count.
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
        // Each token is grown over once, so that the longest answer with the dullest text takes no longer than others.
        if free.0[seed.at..seed.at + NOISE].iter().all(|free| !free) {
            continue;
        }
        let meets = places.get(&seed.hash).into_iter().flatten();
        let grown = meets.map(|at| grow(one, other, &free, (seed.at, *at)));
        let Some(run) = grown.max_by_key(|run| run.length) else {
            continue;
        };
        // What is shorter than the guarantee is kept only if it is found; it says little by itself.
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

/// The longest common run through a token of each that takes only tokens which are free in both.
fn grow(one: &Shape, other: &Shape, free: &(Vec<bool>, Vec<bool>), seed: (usize, usize)) -> Run {
    let same = |a: usize, b: usize| {
        let inside = a < one.symbols.len() && b < other.symbols.len();
        inside && one.symbols[a] == other.symbols[b] && free.0[a] && free.1[b]
    };
    let (mut a, mut b) = seed;
    // A run may begin in what the starter gives; what counts begins after it.
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
