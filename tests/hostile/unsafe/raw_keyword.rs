//! Hands the keyword to a macro that makes a block of it.
//!
//! expect: 13:23 `unsafe`
//! allowed: panicked

use ndarray::Array1;

macro_rules! block {
    ($word:tt $($inside:tt)*) => { $word { $($inside)* } };
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let read = block!(unsafe std::ptr::read(x));
    std::mem::forget(read);
    panic!("unsafe code ran")
}
