//! Compares two arrays of the same shape and dtype element by element under a rule, and collects the differences.

use super::{
    Comparison, Difference, Differences, LISTED, Rule, Rules, Zeros, bits, close, scaled_ulp, ulp,
};
use std::ops::Range;

use crate::array::{Array, Dtype, steps};

/// Whether the elements at an index match under a rule.
pub type Matcher = Box<dyn Fn(usize, u64, u64) -> bool>;

/// The same for the elements of one run.
type RunMatcher = Box<dyn Fn(u64, u64) -> bool>;

/// Returns the predicate that the rules apply to each element: its index, the expected bits, and the answer's bits.
///
/// `expected` is the whole expected output: some rules depend on the largest element of a part.
#[must_use]
pub fn matcher(expected: &Array, rules: &Rules, zeros: Zeros) -> Matcher {
    let mut runs: Vec<(usize, RunMatcher)> = Vec::new();
    for (run, rule) in rules.runs(expected.len()) {
        runs.push((run.end, run_matcher(expected, run, rule, zeros)));
    }
    if runs.len() == 1 {
        let (_, only) = runs.remove(0);
        return Box::new(move |_, expected, got| only(expected, got));
    }
    Box::new(move |index, expected, got| {
        let run = runs.partition_point(|(end, _)| *end <= index);
        runs.get(run)
            .is_some_and(|(_, matches)| matches(expected, got))
    })
}

fn run_matcher(expected: &Array, run: Range<usize>, rule: Rule, zeros: Zeros) -> RunMatcher {
    let dtype = expected.dtype();
    match rule {
        Rule::Bits => asking(dtype, move |a, b| bits::matches(dtype, zeros, a, b)),
        Rule::Ulp(limit) => asking(dtype, move |a, b| ulp::matches(dtype, zeros, limit, a, b)),
        Rule::ScaledUlp(limit) => {
            let allowed = scaled_ulp::allowance(expected, run, limit);
            asking(dtype, move |a, b| scaled_ulp::matches(dtype, allowed, a, b))
        }
        Rule::Close { rtol, atol } => {
            asking(dtype, move |a, b| close::matches(dtype, rtol, atol, a, b))
        }
    }
}

/// Checks first what holds under every rule, then the rule; in one closure, because it is called for every element.
fn asking(dtype: Dtype, rule: impl Fn(u64, u64) -> bool + 'static) -> RunMatcher {
    Box::new(move |expected, got| {
        shared(dtype, expected, got).unwrap_or_else(|| rule(expected, got))
    })
}

/// Compares element by element; the caller has checked count, shape and dtype.
pub(super) fn compare(expected: &Array, got: &Array, rules: &Rules, zeros: Zeros) -> Comparison {
    let dtype = expected.dtype();
    let matches = matcher(expected, rules, zeros);
    let differing = expected
        .iter()
        .zip(got.iter())
        .enumerate()
        .filter(|(index, (expected, got))| !matches(*index, *expected, *got));
    let mut found: Option<Differences> = None;
    for (index, (expected_bits, got_bits)) in differing {
        let difference = Difference {
            index,
            expected: expected_bits,
            got: got_bits,
            ulps: steps(dtype, expected_bits, got_bits),
        };
        match &mut found {
            Some(differences) => add(differences, difference),
            None => found = Some(first(expected, difference)),
        }
    }
    found.map_or(Comparison::Equal, Comparison::Values)
}

/// Decides what is the same under every rule: NaN, infinities, and everything that is not a float. `None` leaves it
/// to the rule.
fn shared(dtype: Dtype, expected: u64, got: u64) -> Option<bool> {
    if !dtype.is_float() {
        return Some(expected == got);
    }
    let special = |bits| dtype.is_nan(bits) || dtype.is_infinite(bits);
    if special(expected) || special(got) {
        let both_nan = dtype.is_nan(expected) && dtype.is_nan(got);
        return Some(both_nan || expected == got);
    }
    None
}

fn first(expected: &Array, difference: Difference) -> Differences {
    Differences {
        dtype: expected.dtype(),
        shape: expected.shape().to_vec(),
        total: expected.len(),
        count: 1,
        first: difference.index,
        listed: vec![difference],
        worst: difference,
        max_ulps: difference.ulps,
    }
}

fn add(differences: &mut Differences, difference: Difference) {
    let distance = |difference: &Difference| difference.ulps.map_or(u128::MAX, u128::from);
    differences.count += 1;
    if differences.listed.len() < LISTED {
        differences.listed.push(difference);
    }
    if distance(&difference) > distance(&differences.worst) {
        differences.worst = difference;
    }
    differences.max_ulps = differences.max_ulps.max(difference.ulps);
}
