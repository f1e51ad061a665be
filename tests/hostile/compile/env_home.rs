//! Takes a variable of the environment in.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

pub const HOME: &str = env!("HOME");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
