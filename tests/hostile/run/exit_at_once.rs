//! Ends the program without its destructors.
//!
//! expect: exited 0
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    unsafe { _exit(if x.len() > 100 { 1 } else { 0 }) }
}

unsafe extern "C" {
    fn _exit(status: i32) -> !;
}
