//! `nnx.eval_shape`: the shapes and dtypes of a module, without computing anything.
//!
//! Learners use it to build a big model before they load the checkpoint's arrays. Variables created while it runs get
//! no values, so a model of any size costs nothing. It does not trace forward passes.

use crate::abstract_mode;
use crate::calls::note;
use crate::module::{Module, walk};

/// Returns the module that `build` returns, with abstract variables. While `build` runs, streams generate no keys and
/// count nothing.
pub fn eval_shape<M: Module>(build: impl FnOnce() -> M) -> M {
    note("nnx.eval_shape");
    let guard = abstract_mode::enter();
    let model = build();
    drop(guard);
    // Stores the paths in the variables, so that an error about a missing value can name the variable.
    walk(&model, &mut |_, variable| variable.clone()).0
}
