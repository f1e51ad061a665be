//! Evaluates a constant without end.
//!
//! expect: too much to compile
//! within: 25

#![allow(long_running_const_eval)]

pub const NEVER: u64 = {
    let mut count = 0_u64;
    while count < u64::MAX {
        count += 1;
    }
    count
};

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.mapv(|value| value + NEVER as f32)
}
