//! The same number added to every value.

use super::Cause;
use super::arithmetic::round;
use super::explanation::Explanation;
use super::pair::{Element, Pair, Trial};
use super::picture;
use super::shown::Shown;
use crate::array::{Dtype, shortest};

pub(super) struct Shifted;

impl Cause for Shifted {
    fn id(&self) -> &'static str {
        "shifted"
    }

    fn needs_numbers(&self) -> bool {
        true
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let first = shown.wrong_pairs().next()?;
        let shift = difference(first)?;
        let proof = shown.prove(3, &|pair| {
            let dtype = pair.dtype;
            let element: Element<'_> = Box::new(move |values, index| match dtype.is_float() {
                true => round(dtype, dtype.to_f64(values[index]) + shift),
                false => dtype.from_integer(dtype.to_integer(values[index])? + shift as i128),
            });
            (dtype != Dtype::Bool).then_some(Trial::Make(element))
        })?;
        let number = shortest(Dtype::F64, shift.abs().to_bits());
        let number = number.strip_suffix(".0").unwrap_or(&number).to_owned();
        let (what, back) = match shift > 0.0 {
            true => (format!("the correct output plus {number}"), "added"),
            false => (format!("the correct output minus {number}"), "subtracted"),
        };
        let text = format!(
            "The same number was {back} everywhere. {}",
            if number == "1" {
                "Counting from one instead of zero does this, and so does a norm that stores its weight minus one."
            } else {
                "Look for a constant that is added, or a mean or an offset that is not subtracted."
            }
        );
        let picture = shown.example(&proof).and_then(picture::beside);
        Some(shown.tell(self.id(), proof, what, text, picture))
    }
}

/// The difference (got − expected) at the element where it is most exact.
fn difference(pair: &Pair<'_>) -> Option<f64> {
    let differences = pair.differing.iter().take(64).map(|index| {
        let (expected, got) = (
            pair.value(pair.expected[*index]),
            pair.value(pair.got()[*index]),
        );
        (expected.abs().max(got.abs()), got - expected)
    });
    let usable = differences.filter(|(size, difference)| {
        size.is_finite() && difference.is_finite() && *difference != 0.0
    });
    usable
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, difference)| difference)
}
