//! `flax.linen`, the older API: layers without values, called with a dict of variables.
//!
//! Learners translate a state into Linen's dicts. This module only applies layers and does not initialize them (Linen
//! derives its keys differently, so its initial values are not those of NNX).

mod dense;

pub use dense::Dense;
