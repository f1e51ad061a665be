//! The bytes of each number in the wrong order.

use super::Cause;
use super::explanation::Explanation;
use super::pair::{Element, Trial};
use super::picture;
use super::shown::Shown;

pub(super) struct ByteOrder;

impl Cause for ByteOrder {
    fn id(&self) -> &'static str {
        "byte_order"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let proof = shown.prove(2, &|pair| {
            let size = pair.dtype.size();
            let element: Element<'_> =
                Box::new(move |values, index| Some(values[index].swap_bytes() >> (64 - 8 * size)));
            (size > 1).then_some(Trial::Undo(element))
        })?;
        let picture = shown
            .example(&proof)
            .and_then(|pair| picture::lines(pair, Vec::new()));
        Some(shown.tell(
            self.id(),
            proof,
            "the correct output with the bytes of each number reversed",
            "Files store these numbers in little-endian order: the least significant byte comes first. In Rust, \
             use `from_le_bytes`; in NumPy, use the dtype `<f4`.",
            picture,
        ))
    }
}
