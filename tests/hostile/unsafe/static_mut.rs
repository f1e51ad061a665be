//! A static that can be written.
//!
//! expect: 11:5 `unsafe`
//! allowed: panicked

use ndarray::Array1;

static mut COUNT: usize = 0;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    unsafe { COUNT += x.len() };
    panic!("unsafe code ran")
}
