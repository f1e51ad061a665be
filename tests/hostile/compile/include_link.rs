//! Takes a symbolic link in that leads to the spec.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

pub const TEXT: &str = include_str!("@LINK@");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
