//! The trait of a general cause. The other files of this module implement it; `mod.rs` lists all causes.

use super::{Explanation, Shown};

/// A general cause of wrong outputs.
pub trait Cause: Sync {
    /// Its name in reports.
    fn id(&self) -> &'static str;

    /// Whether it is recognized only by its numbers, which a few zeros and ones can match by chance.
    fn needs_numbers(&self) -> bool {
        false
    }

    /// Whether it only says what happened to the output, not what the mistake is, which may be two known ones.
    fn is_effect(&self) -> bool {
        false
    }

    /// Whether it is found by running the answer on other inputs.
    fn is_asked(&self) -> bool {
        false
    }

    /// Returns whether it explains what the shown cases gave.
    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation>;
}
