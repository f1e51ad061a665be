//! Works forever.
//!
//! expect: out of time
//! within: 8

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let mut value = x[0];
    while value >= 0.0 {
        value = std::hint::black_box(value + 1.0);
    }
    vec![value].into()
}
