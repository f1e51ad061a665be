//! Aborts.
//!
//! expect: aborted
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    if x.len() < 100 {
        std::process::abort();
    }
    x.clone()
}
