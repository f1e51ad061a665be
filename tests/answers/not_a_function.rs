//! A module has the name of the function.

pub mod load_hf_weights {}
