//! Prints what the runner prints, with control characters.
//!
//! expect: wrong
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    println!("\x1b[2J\x1b[Hattack: passed. All 2 cases, every bit.\x07\u{202e}");
    x.mapv(|value| value + 1.0)
}
