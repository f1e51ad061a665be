//! Constant outputs: all zeros, one constant, the same in every row, the same in every case.

use super::Cause;
use super::explanation::Explanation;
use super::pair::Pair;
use super::picture;
use super::shown::Shown;

pub(super) struct Zeros;
pub(super) struct Constant;
pub(super) struct Broadcast;

impl Cause for Zeros {
    fn id(&self) -> &'static str {
        "zeros"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let is_zero = |pair: &Pair<'_>, bits: u64| pair.dtype.is_zero(bits);
        let all = shown.seen(&|pair| pair.got().iter().all(|bits| is_zero(pair, *bits)));
        if let Some(proof) = all {
            return Some(shown.tell(
                self.id(),
                proof,
                "an output that was never written",
                "Every value is zero, as in a new array. Look for the place where results should be stored: they may have gone \
                 into a copy.",
                None,
            ));
        }
        let some = shown.seen(&|pair| {
            let missing = |index: &usize| {
                is_zero(pair, pair.got()[*index]) && !is_zero(pair, pair.expected[*index])
            };
            pair.expected.len() > 1 && pair.differing.iter().all(missing)
        })?;
        let picture = shown.example(&some).and_then(picture::beside);
        Some(shown.tell(
            self.id(),
            some,
            "an output with some elements never written",
            "Every wrong value is zero, and the others are right. Look at where the loops start and end, and at what a \
             mask removes.",
            picture,
        ))
    }
}

impl Cause for Constant {
    fn id(&self) -> &'static str {
        "constant"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let varies = |bits: &[u64]| bits.iter().any(|other| *other != bits[0]);
        let proof = shown
            .seen(&|pair| pair.expected.len() > 2 && varies(&pair.expected) && !varies(pair.got()));
        if let Some(proof) = proof {
            let picture = shown.example(&proof).and_then(picture::beside);
            return Some(shown.tell(
                self.id(),
                proof,
                "one value, repeated",
                "Every element has the same value. A number or a one-element array was broadcast to the whole output, or an index \
                 in the loop never changes.",
                picture,
            ));
        }
        // The same output for different inputs.
        let mut pairs = shown.wrong_pairs();
        let first = pairs.next()?;
        let same = pairs
            .filter(|other| other.expected != first.expected)
            .fold((0, true), |(count, same), other| {
                (count + 1, same && other.got() == first.got())
            });
        let proof = (same.0 > 0 && same.1).then(|| shown.seen(&|_| true))??;
        Some(shown.tell(
            self.id(),
            proof,
            "an output that does not depend on the inputs",
            "Your function returns the same numbers in every failing case, but each case expects different ones. Which \
             line should use the inputs?",
            None,
        ))
    }
}

impl Cause for Broadcast {
    fn id(&self) -> &'static str {
        "broadcast"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        let found = (0..axes).find_map(|axis| {
            let proof = shown.seen(&|pair| {
                same_along(pair, axis, pair.got()) && !same_along(pair, axis, &pair.expected)
            })?;
            Some((proof, axis))
        });
        let (proof, axis) = found?;
        let pair = shown.example(&proof)?;
        Some(shown.tell(
            self.id(),
            proof,
            format!("an output whose values were merely repeated along {}", pair.axis(axis)),
            "All slices along this axis are equal. An array of length 1, or with fewer axes, broadcasts to any other without an \
             error: print both shapes before you combine them.",
            picture::beside(pair),
        ))
    }
}

/// Whether all slices along an axis are equal.
fn same_along(pair: &Pair<'_>, axis: usize, bits: &[u64]) -> bool {
    if pair.shape.len() < 2 || axis >= pair.shape.len() || pair.shape[axis] < 2 || bits.is_empty() {
        return false;
    }
    let (length, step) = pair.stride(axis);
    bits.chunks(length * step).all(|whole| {
        let (first, rest) = whole.split_at(step);
        rest.chunks(step).all(|other| other == first)
    })
}
