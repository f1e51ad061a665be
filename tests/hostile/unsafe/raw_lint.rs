//! Allows the lint by its raw name.
//!
//! expect: 8:9 `unsafe_code`
//! allowed: panicked

use ndarray::Array1;

#[allow(r#unsafe_code)]
pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let read = unsafe { std::ptr::read(x) };
    std::mem::forget(read);
    panic!("unsafe code ran")
}
