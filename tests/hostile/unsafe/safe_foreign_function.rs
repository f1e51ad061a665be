//! Calls the C library through a function that it declares safe.
//!
//! expect: 8:1 `unsafe`
//! allowed: panicked

use ndarray::Array1;

unsafe extern "C" {
    safe fn getpid() -> i32;
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    panic!("unsafe code ran: {} {}", getpid(), x.len())
}
