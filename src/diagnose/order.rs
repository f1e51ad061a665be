//! The right numbers except for the last bits: a different order of summation, one rounding more or less.
//!
//! Outputs alone cannot distinguish these; the recorded variants can. So this is never certain.

use super::Cause;
use super::explanation::Explanation;
use super::pair::Pair;
use super::picture;
use super::shown::Shown;
use crate::array::{Dtype, steps, unit};

pub(super) struct Order;

/// The maximum difference that counts as rounding, in steps from one float to the next and in steps of the largest
/// value.
const NEAR: u64 = 8;
const NEAR_SCALED: f64 = 16.0;

impl Cause for Order {
    fn id(&self) -> &'static str {
        "rounding"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let proof = shown.seen(&is_near)?;
        let pair = shown.example(&proof)?;
        let most = pair
            .differing
            .iter()
            .filter_map(|index| steps(pair.dtype, pair.expected[*index], pair.got()[*index]))
            .max()?;
        let far = match most {
            0 | 1 => "Each value is right, or 1 ulp away from the right one.".to_owned(),
            2..=NEAR => format!("No value is more than {most} ulp away from the right one."),
            _ => "Every value is off by no more than a few ulp of the largest one.".to_owned(),
        };
        Some(shown.tell(
            self.id(),
            proof,
            "the right computation, rounded differently",
            format!(
                "{far} Every float operation rounds, so the order of a sum affects its result. So does computing in \
                 f64 and rounding once, or rounding a product before it is added."
            ),
            picture::lines(pair, Vec::new()),
        ))
    }
}

fn is_near(pair: &Pair<'_>) -> bool {
    if !matches!(pair.dtype, Dtype::F32 | Dtype::F64 | Dtype::Bf16) {
        return false;
    }
    let distance = |index: &usize| steps(pair.dtype, pair.expected[*index], pair.got()[*index]);
    // The first few are nearly always enough.
    if pair
        .differing
        .iter()
        .all(|index| distance(index).is_some_and(|steps| steps <= NEAR))
    {
        return true;
    }
    // Without the sign, larger floats have larger bits.
    let sign = 1_u64 << (8 * pair.dtype.size() - 1);
    let greatest = pair.expected.iter().map(|bits| bits & !sign).max();
    let Some(unit) = greatest.and_then(|bits| unit(pair.dtype, bits)) else {
        return false;
    };
    pair.differing.len() > 1
        && pair.differing.iter().all(|index| {
            let apart = pair.value(pair.expected[*index]) - pair.value(pair.got()[*index]);
            apart.abs() <= NEAR_SCALED * unit
        })
}
