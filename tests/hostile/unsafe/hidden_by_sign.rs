//! A number that seems to end with an exponent, so that a raw string after it seems to be none.
//!
//! expect: 13:9 `unsafe_code`
//! allowed: panicked

use ndarray::Array1;

macro_rules! ignore {
    ($($all:tt)*) => {};
}

ignore! { 1use+r"\" }
#[allow(unsafe_code)]
pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let read = unsafe { std::ptr::read(x) };
    std::mem::forget(read);
    panic!("unsafe code ran")
}
// "
