//! Takes the place of a function of the C library.
//!
//! expect: 8:3 `unsafe`
//! allowed: panicked

use ndarray::Array1;

#[unsafe(no_mangle)]
pub extern "C" fn own_name() {}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    own_name();
    panic!("unsafe code ran: {}", x.len())
}
