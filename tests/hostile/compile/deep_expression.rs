//! Nests an expression a hundred thousand deep.
//!
//! expect: too much to compile | errors
//! within: 25

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let _ = @BANGS@true;
    x.clone()
}
