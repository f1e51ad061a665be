//! A softmax, or another division by a sum, over the wrong axis: the answer sums to one in the other direction.

use super::Cause;
use super::explanation::Explanation;
use super::pair::Pair;
use super::picture;
use super::shown::Shown;

pub(super) struct Softmax;

impl Cause for Softmax {
    fn id(&self) -> &'static str {
        "other_axis"
    }

    fn needs_numbers(&self) -> bool {
        true
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        let pairs = (0..axes).flat_map(|right| (0..axes).map(move |wrong| (right, wrong)));
        let (proof, right, wrong) =
            pairs
                .filter(|(right, wrong)| right != wrong)
                .find_map(|(right, wrong)| {
                    let proof = shown.seen(&|pair| {
                        adds_to_one(pair, right, &pair.expected)
                            && adds_to_one(pair, wrong, pair.got())
                            && !adds_to_one(pair, right, pair.got())
                    })?;
                    Some((proof, right, wrong))
                })?;
        let pair = shown.example(&proof)?;
        Some(shown.tell(
            self.id(),
            proof,
            "a softmax over the wrong axis",
            format!(
                "The expected values add up to 1 along {}, but yours add up to 1 along {}. Use the axis whose values compete with each other.",
                pair.axis(right),
                pair.axis(wrong)
            ),
            picture::beside(pair),
        ))
    }
}

/// Whether the values along an axis sum to one.
fn adds_to_one(pair: &Pair<'_>, axis: usize, bits: &[u64]) -> bool {
    if axis >= pair.shape.len() || pair.shape[axis] < 2 || !pair.dtype.is_float() || bits.is_empty()
    {
        return false;
    }
    let (length, step) = pair.stride(axis);
    // One line first: nearly every output fails on it.
    let adds = |start: usize| {
        let values = (0..length).map(|at| pair.value(bits[start + at * step]));
        let sum = values.fold(
            0.0,
            |sum, value| if value < 0.0 { f64::NAN } else { sum + value },
        );
        (sum - 1.0).abs() < 0.01
    };
    let mut starts = (0..bits.len()).step_by(length * step);
    starts.all(|whole| (whole..whole + step).all(adds))
}
