//! Ends the program at its leisure.
//!
//! expect: exited 0
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    println!("passed");
    std::process::exit(if x.len() > 100 { 1 } else { 0 })
}
