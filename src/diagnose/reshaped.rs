//! The right values, split into rows at the wrong places: a reshape instead of a transpose, or Fortran order instead
//! of C order.
//!
//! The opposite of `transposed`: there, the values are laid out in a different order of axes; here, they are read in
//! a different order.

use super::Cause;
use super::explanation::Explanation;
use super::pair::{Element, Pair, Trial};
use super::picture;
use super::shown::{Shown, best};
use super::transposed::{name, orders, place};

pub(super) struct Reshaped;

impl Cause for Reshaped {
    fn id(&self) -> &'static str {
        "reshaped"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        let (proof, order) = best(orders(axes), |order| {
            shown.prove(3, &|pair| trial(pair, shown, order))
        })?;
        let pair = shown.example(&proof)?;
        let names: Vec<String> = order.iter().map(|axis| name(pair, *axis)).collect();
        Some(shown.tell(
            self.id(),
            proof,
            "the right sequence of values, split into rows at the wrong places",
            format!(
                "The array was reshaped to ({}) and then transposed, as if it had been stored column by column (Fortran order). A \
                 reshape moves no values: first reshape to the shape it was stored in, and only then transpose.",
                names.join(", ")
            ),
            picture::beside(pair),
        ))
    }
}

/// Undoes the mistake: looks up each element of the expected output at the index where the answer has it.
fn trial<'t>(pair: &'t Pair<'_>, shown: &Shown<'_>, order: &[usize]) -> Option<Trial<'t>> {
    if pair.shape.len() != order.len() || !pair.may_be_rearranged(shown.spec) {
        return None;
    }
    let mut lengths = Vec::new();
    for axis in order {
        lengths.push(*pair.shape.get(*axis)?);
    }
    let mut steps = Vec::new();
    for axis in order {
        steps.push(pair.shape[*axis + 1..].iter().product());
    }
    let element: Element<'t> =
        Box::new(move |values, index| values.get(place(index, &lengths, &steps)).copied());
    Some(Trial::Undo(element))
}
