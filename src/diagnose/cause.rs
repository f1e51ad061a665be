//! What a general cause is. The files beside this one implement it; the list of all causes is above them.

use super::{Explanation, Shown};

/// A general cause of wrong outputs.
pub trait Cause: Sync {
    /// Its name in reports.
    fn id(&self) -> &'static str;

    /// Says whether it explains what the shown cases gave.
    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation>;
}
