//! Takes a solution in as its own code.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

#[path = "@SOLUTION@"]
mod stolen;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
