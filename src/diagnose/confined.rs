//! What the wrong elements have in common: one row, one column, one head, the end. It is tried last.

use super::Cause;
use super::explanation::Explanation;
use super::pair::Pair;
use super::picture;
use super::shown::Shown;

pub(super) struct Confined;

impl Cause for Confined {
    fn id(&self) -> &'static str {
        "confined"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        let (proof, axis) = (0..axes).find_map(|axis| {
            let proof = shown.seen(&|pair| only(pair, axis).is_some())?;
            Some((proof, axis))
        })?;
        let pair = shown.example(&proof)?;
        let at = only(pair, axis)?;
        let last = at + 1 == pair.shape[axis];
        let part = match (pair.shape.len(), axis) {
            (1, _) => "value",
            (2, 0) => "row",
            (2, _) => "column",
            _ => "slice",
        };
        let which = match (at, last) {
            (_, true) => format!("the last {part}"),
            (0, _) => format!("the first {part}"),
            _ => format!("{part} {at}"),
        };
        Some(shown.tell(
            self.id(),
            proof,
            format!("a mistake in {which} only"),
            format!(
                "Everything except {which}{} is right. What is different about it: an index that is off by one, a \
                 special case, something written twice?",
                match pair.shape.len() {
                    0..=2 => String::new(),
                    _ => format!(" along {}", pair.axis(axis)),
                }
            ),
            picture::beside(pair),
        ))
    }
}

/// The only index along an axis with wrong values, if most of the output is right.
fn only(pair: &Pair<'_>, axis: usize) -> Option<usize> {
    if axis >= pair.shape.len() || pair.shape[axis] < 3 {
        return None;
    }
    let (length, step) = pair.stride(axis);
    let at = |index: &usize| index / step % length;
    let first = at(pair.differing.first()?);
    pair.differing
        .iter()
        .all(|index| at(index) == first)
        .then_some(first)
}
