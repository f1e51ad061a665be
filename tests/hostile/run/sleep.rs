//! Sleeps past the limit.
//!
//! expect: out of time
//! within: 8

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    std::thread::sleep(std::time::Duration::from_secs(600));
    x.clone()
}
