//! Whether modules are now being built for their shapes alone.
//!
//! [`crate::eval_shape()`] turns it on for its thread while it builds; variables ask it before they draw or keep values.

use std::cell::Cell;

/// Whether variables are to be made without values.
pub(crate) fn is_on() -> bool {
    DEPTH.get() > 0
}

/// Turns it on until the guard is dropped, also by a panic.
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
