//! Zeros with the wrong sign: −0 where +0 is expected, or the reverse.

use super::Cause;
use super::explanation::Explanation;
use super::pair::Trial;
use super::picture;
use super::shown::Shown;

pub(super) struct ZeroSign;

impl Cause for ZeroSign {
    fn id(&self) -> &'static str {
        "zero_sign"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        // A passing case is not a contradiction: the sign of a zero depends on the numbers.
        let proof = shown.prove(1, &|pair| {
            let dtype = pair.dtype;
            let only_zeros = dtype.is_float()
                && pair.is_wrong()
                && pair
                    .differing
                    .iter()
                    .all(|index| dtype.is_zero(pair.expected[*index]));
            let negative = 1_u64 << (8 * dtype.size() - 1);
            let turned = move |values: &[u64], index: usize| {
                let bits = values[index];
                let differs = pair.differing.binary_search(&index).is_ok();
                Some(if differs { bits ^ negative } else { bits })
            };
            only_zeros.then(|| Trial::Undo(Box::new(turned)))
        })?;
        let picture = shown
            .example(&proof)
            .and_then(|pair| picture::lines(pair, Vec::new()));
        Some(shown.tell(
            self.id(),
            proof,
            "a zero with the wrong sign",
            "Floats have two zeros, +0 and −0, and only the signs of zeros differ here; this kata compares them too. \
             In Rust, `iter().sum()` starts at −0, so a sum of only −0 values stays −0; JAX and `nnx::sum` start at +0, \
             and adding +0.0 turns −0 into +0.",
            picture,
        ))
    }
}
