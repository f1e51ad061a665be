//! Calls itself without end.
//!
//! expect: stack overflow
//! within: 6

use ndarray::Array1;

fn deeper(x: &Array1<f32>, depth: u64) -> f32 {
    let kept = [depth; 64];
    if x.len() > 100 {
        return kept[3] as f32;
    }
    deeper(x, depth + 1) + kept[depth as usize % 64] as f32
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    vec![deeper(x, 0)].into()
}
