//! Allocates without end.
//!
//! expect: out of memory
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let mut all = Vec::new();
    loop {
        all.push(Vec::<f32>::with_capacity(1 << 22));
        if all.len() > 1 << 20 {
            return x.clone();
        }
    }
}
