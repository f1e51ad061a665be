use ndarray::Array1;

/// Appends the token with the largest logit to `prompt`, `n_new` times, and returns the new tokens.
pub fn greedy_llama(
    file: &[u8],
    prompt: &Array1<i32>,
    n_new: usize,
    hidden: usize,
    inter: usize,
    layers: usize,
    heads: usize,
    kv_heads: usize,
    head_dim: usize,
    vocab: usize,
    tied: usize,
    eps: f32,
    rope: &Array1<f32>,
) -> Array1<i32> {
    todo!("append {n_new} tokens to {prompt}, with the logits of your answer to llama_logits")
}
