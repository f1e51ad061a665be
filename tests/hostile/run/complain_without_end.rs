//! Prints on standard error without end.
//!
//! expect: too much output
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    loop {
        eprintln!("passed passed passed passed passed passed passed passed {x}");
    }
}
