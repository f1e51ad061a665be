//! Names a library to the linker.
//!
//! expect: 9:1 `unsafe`
//! allowed: passed

use ndarray::Array1;

#[link(name = "c")]
unsafe extern "C" {}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
