//! The wrong sign: every value negated, or its sign lost.

use super::Cause;
use super::arithmetic::{absolute, negate};
use super::explanation::Explanation;
use super::pair::{Element, Trial};
use super::picture;
use super::shown::Shown;

pub(super) struct Sign;

impl Cause for Sign {
    fn id(&self) -> &'static str {
        "sign"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        // The sign of a zero does not matter here: for learners it is the same mistake.
        let negated = shown.prove(2, &|pair| {
            let element: Element<'_> = Box::new(|values, index| {
                let (bits, expected) = (values[index], pair.expected[index]);
                match pair.dtype.is_zero(bits) && pair.dtype.is_zero(expected) {
                    true => Some(expected),
                    false => negate(pair.dtype, bits),
                }
            });
            let only_zeros = pair
                .differing
                .iter()
                .all(|index| pair.dtype.is_zero(pair.expected[*index]));
            (!pair.is_wrong() || !only_zeros).then_some(Trial::Undo(element))
        });
        let lost = || {
            shown.prove(2, &|pair| {
                let element: Element<'_> =
                    Box::new(|values, index| absolute(pair.dtype, values[index]));
                Some(Trial::Make(element))
            })
        };
        let clipped = || {
            shown.prove(2, &|pair| {
                let element: Element<'_> = Box::new(|values, index| {
                    let bits = values[index];
                    Some(if pair.dtype.is_negative(bits) {
                        0
                    } else {
                        bits
                    })
                });
                Some(Trial::Make(element))
            })
        };
        let (proof, what, text) = if let Some(proof) = negated {
            (
                proof,
                "the correct output with the opposite sign",
                "Every value is the expected one, negated. Look for a subtraction in the wrong order (a − b \
                 instead of b − a), or for an extra minus sign.",
            )
        } else if let Some(proof) = lost() {
            (
                proof,
                "the correct output without its signs",
                "Where the expected value is negative, you have its absolute value. Look for an `abs`, a square, or an \
                 unsigned type along the way.",
            )
        } else {
            (
                clipped()?,
                "the correct output with its negative values set to zero",
                "A ReLU does that, and so does a `max` with zero. Should there be one here?",
            )
        };
        let picture = shown.example(&proof).and_then(picture::beside);
        Some(shown.tell(self.id(), proof, what, text, picture))
    }
}
