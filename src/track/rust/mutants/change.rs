//! One small change of a solution.

use std::ops::Range;

/// A change: what it is, and the bytes to replace, in order.
pub(super) struct Change {
    pub(super) what: String,
    pub(super) edits: Vec<(Range<usize>, String)>,
}

impl Change {
    pub(super) fn one(
        what: impl Into<String>,
        place: Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            edits: vec![(place, text.into())],
        }
    }

    pub(super) fn apply(&self, text: &str) -> String {
        let mut changed = text.to_owned();
        for (place, new) in self.edits.iter().rev() {
            changed.replace_range(place.clone(), new);
        }
        changed
    }
}
