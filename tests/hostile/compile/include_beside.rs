//! Takes in what lies beside the answer.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

pub const TEXT: &str = include_str!("beside.txt");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
