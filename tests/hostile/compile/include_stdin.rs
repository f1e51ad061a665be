//! Takes in what the runner sends the compiler: nothing.
//!
//! expect: passed
//! within: 15

use ndarray::Array1;

const TEXT: &[u8] = include_bytes!("/dev/stdin");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    assert!(TEXT.is_empty());
    x.clone()
}
