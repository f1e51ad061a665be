//! Asks for an array of 2^46 elements.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

pub static HUGE: [u8; 1 << 46] = [1; 1 << 46];
pub fn keep() -> u8 { HUGE[5] }

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
