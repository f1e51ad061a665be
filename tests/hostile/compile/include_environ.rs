//! Takes in the environment of the compiler and of the runner.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

pub const TEXT: &str = include_str!("/proc/self/environ");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
