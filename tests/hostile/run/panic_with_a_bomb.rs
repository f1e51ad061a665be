//! Panics with a payload that panics when it is dropped.
//!
//! expect: panicked
//! within: 6

use ndarray::Array1;

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        std::process::exit(0);
    }
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    if x.len() < 100 {
        std::panic::panic_any(Bomb);
    }
    x.clone()
}
