//! Adds in bf16.

use ndarray::Array1;

/// Rounds to eight significant bits, ties to even.
fn to_bf16(number: f32) -> f32 {
    let bits = number.to_bits();
    let odd = bits >> 16 & 1;
    f32::from_bits((bits + 0x7fff + odd) & 0xffff_0000)
}

pub fn norm_plus_one(w: &Array1<f32>, file_adds: bool, model_adds: bool) -> Array1<f32> {
    match (file_adds, model_adds) {
        (true, false) => w.mapv(|w| to_bf16(w + 1.0)),
        (false, true) => w.mapv(|w| to_bf16(w - 1.0)),
        (true, true) | (false, false) => w.clone(),
    }
}
