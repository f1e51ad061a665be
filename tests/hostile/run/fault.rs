//! Writes to a place that is not there.
//!
//! expect: crashed 11
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    unsafe { std::ptr::with_exposed_provenance_mut::<f32>(8).write_volatile(x[0]) };
    x.clone()
}
