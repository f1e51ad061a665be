//! NaN or infinity where a number is expected: where the first one is, and where it may come from.

use super::Cause;
use super::explanation::Explanation;
use super::pair::Pair;
use super::picture;
use super::shown::Shown;
use crate::array::coordinates;

pub(super) struct NonFinite;

impl Cause for NonFinite {
    fn id(&self) -> &'static str {
        "not_finite"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let proof = shown.seen(&|pair| first(pair).is_some())?;
        let pair = shown.example(&proof)?;
        let index = first(pair)?;
        let is_nan = pair.dtype.is_nan(pair.got()[index]);
        let place = coordinates(index, &pair.shape).unwrap_or_else(|| vec![index]);
        let place: Vec<String> = place.iter().map(usize::to_string).collect();
        let from = source(pair, is_nan);
        let what = if is_nan { "a NaN" } else { "an infinity" };
        Some(shown.tell(
            self.id(),
            proof,
            format!("{what} that spread; the first is at [{}]", place.join(", ")),
            from,
            picture::beside(pair),
        ))
    }
}

/// The first element that is not finite although a finite number is expected.
fn first(pair: &Pair<'_>) -> Option<usize> {
    let finite = |bits| !pair.dtype.is_nan(bits) && !pair.dtype.is_infinite(bits);
    pair.differing
        .iter()
        .copied()
        .find(|index| finite(pair.expected[*index]) && !finite(pair.got()[*index]))
}

/// Where it may come from, according to the inputs and the rest of the output.
fn source(pair: &Pair<'_>, is_nan: bool) -> String {
    let unfit = pair.inputs.iter().find(|(_, input)| {
        let dtype = input.dtype();
        input
            .iter()
            .any(|bits| dtype.is_nan(bits) || dtype.is_infinite(bits))
    });
    if let Some((name, _)) = unfit {
        return format!(
            "`{name}` contains one. Keep it out of the computation, with a mask or a test."
        );
    }
    let overflowed = pair.got().iter().any(|bits| pair.dtype.is_infinite(*bits));
    match (is_nan, overflowed) {
        (true, true) => "There are infinities too: something overflowed first, and ∞ − ∞ or ∞ / ∞ turned it into NaN. A \
                         softmax subtracts the largest score before `exp` for this reason."
            .to_owned(),
        (true, false) => "No input has one, so your code produces it: 0 / 0, ∞ − ∞, or the square root or logarithm of \
                          a negative number. Look for a division by a sum or a count that is zero here, and print what \
                          goes into it."
            .to_owned(),
        (false, _) => "No input has one, so your code produces it: a division by zero, or an `exp` of a large number. \
                       Print what goes into them."
            .to_owned(),
    }
}
