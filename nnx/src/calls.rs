//! Counts this crate's public operations, under Flax's dotted names.
//!
//! A runner asks it whether an answer really called `nnx.split`. Work that nnx does for itself is not counted (a
//! [`crate::clone`] is no `nnx.split`). The counts are the whole process's, so calls made on other threads are in them.
//! It proves nothing against an answer that sets out to cheat.

use std::sync::atomic::{AtomicU64, Ordering};

/// Every name that can be counted, in the order of [`counts`].
pub const NAMES: [&str; LENGTH] = [
    "nnx.Rngs",
    "nnx.Linear",
    "nnx.Linear.__call__",
    "nnx.split",
    "nnx.merge",
    "nnx.state",
    "nnx.update",
    "nnx.clone",
    "nnx.eval_shape",
    "nnx.to_flat_state",
    "nnx.from_flat_state",
    "nnx.to_pure_dict",
    "nnx.replace_by_pure_dict",
    "linen.Dense",
    "linen.Dense.apply",
];

/// The operations that happened since the last [`reset`], each with how often.
pub fn counts() -> Vec<(&'static str, u64)> {
    let all = NAMES.into_iter().zip(&COUNTS);
    all.map(|(name, count)| (name, count.load(Ordering::Relaxed)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// Sets every count to zero.
pub fn reset() {
    for count in &COUNTS {
        count.store(0, Ordering::Relaxed);
    }
}

/// One countable operation; the position is that of its name in [`NAMES`].
#[derive(Clone, Copy)]
pub(crate) enum Call {
    Rngs,
    Linear,
    LinearForward,
    Split,
    Merge,
    State,
    Update,
    Clone,
    EvalShape,
    ToFlatState,
    FromFlatState,
    ToPureDict,
    ReplaceByPureDict,
    Dense,
    DenseForward,
}

/// Counts one call of an operation and gives its name, which is what errors call it.
pub(crate) fn note(call: Call) -> &'static str {
    COUNTS[call as usize].fetch_add(1, Ordering::Relaxed);
    NAMES[call as usize]
}

const LENGTH: usize = Call::DenseForward as usize + 1;

static COUNTS: [AtomicU64; LENGTH] = [const { AtomicU64::new(0) }; LENGTH];
