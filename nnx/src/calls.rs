//! Counts calls of this crate's public operations, by their dotted names in Flax.
//!
//! The runner uses the counts to check whether an answer really called `nnx.split`. Internal calls are not counted (a
//! [`crate::clone`] is not an `nnx.split`). The counts are per process, so they include calls on other threads. They
//! prove nothing about an answer that tries to cheat.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::operations::OPERATIONS;

/// The operations called since the last [`reset`] with their counts, sorted by name; `draws` is the number of random
/// values drawn.
pub fn counts() -> Vec<(&'static str, u64)> {
    all().iter().map(|(name, count)| (*name, *count)).collect()
}

/// Sets every count to zero.
pub fn reset() {
    all().clear();
}

/// Counts one call of an operation and returns its name for error messages.
pub(crate) fn note(name: &'static str) -> &'static str {
    debug_assert!(
        OPERATIONS.contains(&name),
        "{name} is not in the list of operations"
    );
    *all().entry(name).or_default() += 1;
    name
}

/// Counts random values that were drawn, under the name `draws`.
pub(crate) fn note_draws(count: usize) {
    *all().entry("draws").or_default() += count as u64;
}

fn all() -> MutexGuard<'static, BTreeMap<&'static str, u64>> {
    static COUNTS: Mutex<BTreeMap<&'static str, u64>> = Mutex::new(BTreeMap::new());
    // A panic cannot leave the counts in an inconsistent state.
    COUNTS.lock().unwrap_or_else(PoisonError::into_inner)
}
