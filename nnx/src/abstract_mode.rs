//! Whether modules are currently being built for their shapes only.
//!
//! [`crate::eval_shape()`] turns this on for its thread while it builds; variables check it before they draw or store
//! values.

use std::cell::Cell;

/// Whether variables are created without values.
pub(crate) fn is_on() -> bool {
    DEPTH.get() > 0
}

/// Turns this mode on until the guard is dropped, even by a panic.
pub(crate) fn enter() -> Guard {
    DEPTH.set(DEPTH.get() + 1);
    Guard(())
}

pub(crate) struct Guard(());

impl Drop for Guard {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}
