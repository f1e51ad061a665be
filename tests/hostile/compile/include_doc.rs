//! Takes the spec in as its documentation.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

#[doc = include_str!("@SPEC@")]
pub fn documented() {}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
