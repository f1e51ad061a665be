//! Allows everything that is a warning.
//!
//! expect: 10:16 `unsafe`
//! allowed: panicked

use ndarray::Array1;

#[allow(warnings, unused, clippy::all)]
pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let read = unsafe { std::ptr::read(x) };
    std::mem::forget(read);
    panic!("unsafe code ran")
}
