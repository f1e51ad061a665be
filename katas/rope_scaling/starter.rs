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
    if !scaled {
        todo!("the plain frequencies for theta {theta} and head_dim {head_dim}");
    }

    todo!(
        "the frequencies for factor {factor}, with a blend from {low} to {high} turns in {orig} tokens"
    )
}
