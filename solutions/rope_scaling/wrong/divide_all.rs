//! Divides every frequency by the factor.

use ndarray::Array1;

pub fn rope_scaling(
    theta: f32,
    factor: f32,
    _low: f32,
    _high: f32,
    _orig: usize,
    head_dim: usize,
    scaled: bool,
) -> Array1<f32> {
    let plain = (0..head_dim / 2).map(|i| 1.0 / theta.powf((2 * i) as f32 / head_dim as f32));
    if !scaled {
        return plain.collect();
    }
    plain.map(|frequency| frequency / factor).collect()
}
