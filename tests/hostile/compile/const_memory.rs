//! Evaluates a constant that needs all memory.
//!
//! expect: errors | too much to compile
//! within: 25

use ndarray::Array1;

const fn filled() -> [u64; 1 << 26] {
    let mut all = [1_u64; 1 << 26];
    let mut index = 0;
    while index < all.len() {
        all[index] = index as u64;
        index += 1;
    }
    all
}

pub static ALL: [u64; 1 << 26] = filled();

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.mapv(|value| value + ALL[7] as f32)
}
