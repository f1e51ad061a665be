//! `flax.linen`, the older interface: layers without values, called with a dict of variables.
//!
//! Learners translate a state into its dicts. It only applies; it does not initialise (Linen derives its keys another way, so
//! its initial values are not NNX's).

mod dense;

pub use dense::Dense;
