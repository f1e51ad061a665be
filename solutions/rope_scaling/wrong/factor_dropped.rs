//! Does not pass the factor on: it is always 8.

use std::f32::consts::TAU;

use ndarray::Array1;

pub fn rope_scaling(
    theta: f32,
    _factor: f32,
    low: f32,
    high: f32,
    orig: usize,
    head_dim: usize,
    scaled: bool,
) -> Array1<f32> {
    let plain = (0..head_dim / 2).map(|i| 1.0 / theta.powf((2 * i) as f32 / head_dim as f32));
    if !scaled {
        return plain.collect();
    }
    let blend = |frequency: f32| {
        let turns = orig as f32 * frequency / TAU;
        let share = ((turns - low) / (high - low)).clamp(0.0, 1.0);
        share * frequency + (1.0 - share) * frequency / 8.0
    };
    plain.map(blend).collect()
}
