//! Expects the lint.
//!
//! expect: 8:10 `unsafe_code`
//! allowed: panicked

use ndarray::Array1;

#[expect(unsafe_code)]
pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let read = unsafe { std::ptr::read(x) };
    std::mem::forget(read);
    panic!("unsafe code ran")
}
