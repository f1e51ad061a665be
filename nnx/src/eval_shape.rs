//! `nnx.eval_shape`: the shapes and dtypes of a module, without computing anything.
//!
//! Learners build a big model with it before the checkpoint's arrays are put in. Variables made while it runs get no values, so a
//! model of any size costs nothing. It does not trace forward passes.

use crate::abstract_mode;
use crate::calls::note;
use crate::module::{Module, walk};

/// Returns the module that `build` builds, with abstract variables. Meanwhile streams generate no keys and count nothing.
pub fn eval_shape<M: Module>(build: impl FnOnce() -> M) -> M {
    note("nnx.eval_shape");
    let guard = abstract_mode::enter();
    let model = build();
    drop(guard);
    // Tells the variables where they are, so that an error about one that was never loaded can say it.
    walk(&model, &mut |_, variable| variable.clone()).0
}
