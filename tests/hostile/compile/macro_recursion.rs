//! Doubles itself in a macro.
//!
//! expect: errors | too much to compile
//! within: 25

use ndarray::Array1;

macro_rules! more {
    ($($all:tt)*) => { more!($($all)* $($all)*) };
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    more!(x);
    x.clone()
}
