//! Counts calls of this crate's public operations, by their dotted names in Flax.
//!
//! A runner asks it whether an answer really called `nnx.split`. Work that nnx does for itself is not counted (a
//! [`crate::clone`] is no `nnx.split`). The counts are the whole process's, so calls made on other threads are in them.
//! It proves nothing against an answer that sets out to cheat.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::operations::OPERATIONS;

/// The operations that happened since the last [`reset`], each with how often, sorted by name; under `draws`, how many
/// random values were drawn.
pub fn counts() -> Vec<(&'static str, u64)> {
    all().iter().map(|(name, count)| (*name, *count)).collect()
}

/// Sets every count to zero.
pub fn reset() {
    all().clear();
}

/// Counts one call of an operation and gives its name, which is what errors call it.
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
    // Numbers are whole after a panic too.
    COUNTS.lock().unwrap_or_else(PoisonError::into_inner)
}
