//! Takes a file of the home folder in as code.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

include!("@SECRET@");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
