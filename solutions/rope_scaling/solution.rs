use std::f32::consts::TAU;

use ndarray::Array1;

/// Computes the frequencies of a rotary embedding: those of plain RoPE or, if `scaled`, those of Llama 3.1 and later.
///
/// There are `head_dim / 2` of them, the fastest first.
pub fn rope_scaling(
    theta: f32,
    factor: f32,
    low: f32,
    high: f32,
    orig: usize,
    head_dim: usize,
    scaled: bool,
) -> Array1<f32> {
    // There is one frequency for each pair of channels, so the exponent grows in steps of 2 / head_dim.
    let plain = (0..head_dim / 2).map(|i| 1.0 / theta.powf((2 * i) as f32 / head_dim as f32));
    if !scaled {
        return plain.collect();
    }

    let blend = |frequency: f32| {
        // The number of turns that this pair has made when the original context is full.
        let turns = orig as f32 * frequency / TAU;

        // The share grows linearly from 0 at `low` turns to 1 at `high` turns. Clamped at both ends, it covers the other two
        // bands: 0 divides the frequency, and 1 keeps it.
        let share = ((turns - low) / (high - low)).clamp(0.0, 1.0);

        share * frequency + (1.0 - share) * frequency / factor
    };
    plain.map(blend).collect()
}
