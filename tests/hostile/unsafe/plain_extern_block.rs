//! An extern block as older editions have it.
//!
//! expect: errors
//! allowed: errors

use ndarray::Array1;

extern "C" {
    fn getpid() -> i32;
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
