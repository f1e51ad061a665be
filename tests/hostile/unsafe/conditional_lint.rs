//! Allows the lint on a condition that always holds.
//!
//! expect: 8:25 `unsafe_code`
//! allowed: panicked

use ndarray::Array1;

#[cfg_attr(all(), allow(unsafe_code))]
pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let read = unsafe { std::ptr::read(x) };
    std::mem::forget(read);
    panic!("unsafe code ran")
}
