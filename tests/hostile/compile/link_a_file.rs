//! Lets the linker read a file.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

#[link(name = "@SPEC@", kind = "static", modifiers = "+verbatim")]
unsafe extern "C" {}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
