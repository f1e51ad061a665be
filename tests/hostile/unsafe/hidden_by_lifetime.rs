//! A lifetime whose end looks like the start of a raw string, so that a comment seems to hide the rest.
//!
//! expect: 13:9 `unsafe_code`
//! allowed: panicked

use ndarray::Array1;

macro_rules! ignore {
    ($($all:tt)*) => {};
}

ignore! { 'a·r"\" /* " }
#[allow(unsafe_code)]
pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let read = unsafe { std::ptr::read(x) };
    std::mem::forget(read);
    panic!("unsafe code ran")
}
// */
