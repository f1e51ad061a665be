//! Instantiates itself with ever larger types.
//!
//! expect: errors | too much to compile
//! within: 25

use ndarray::Array1;

fn deeper<T: Copy>(value: T, depth: usize) -> usize {
    if depth == 0 { std::mem::size_of::<T>() } else { deeper((value, value), depth - 1) }
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    vec![deeper(x[0], x.len()) as f32].into()
}
