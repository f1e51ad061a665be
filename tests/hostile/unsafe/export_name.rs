//! Takes a name that the linker knows.
//!
//! expect: 8:3 `unsafe`
//! allowed: panicked

use ndarray::Array1;

#[unsafe(export_name = "other_name")]
pub extern "C" fn own_name() {}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    own_name();
    panic!("unsafe code ran: {}", x.len())
}
