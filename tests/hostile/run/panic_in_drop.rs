//! Panics while a panic unwinds.
//!
//! expect: aborted
//! within: 6

use ndarray::Array1;

struct Again;

impl Drop for Again {
    fn drop(&mut self) {
        panic!("again");
    }
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let _again = Again;
    if x.len() < 100 {
        panic!("once");
    }
    x.clone()
}
