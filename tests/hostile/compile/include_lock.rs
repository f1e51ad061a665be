//! Takes the lock in as bytes.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

pub const TEXT: &[u8] = include_bytes!("@LOCK@");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
