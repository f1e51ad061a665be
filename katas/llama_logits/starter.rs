use ndarray::Array1;
use nnx::safetensors::SafeTensors;

/// Reads a Llama from a safetensors file and returns the logits after the last token of `prompt`, one for each token of the
/// vocabulary.
pub fn llama_logits(
    file: &[u8],
    prompt: &Array1<i32>,
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
) -> Array1<f32> {
    let tensors = SafeTensors::deserialize(file).unwrap();
    let embedding = tensors.tensor("model.embed_tokens.weight").unwrap();
    let embedding = embedding.to_f32().unwrap();

    todo!("turn {prompt} into logits, beginning with its rows of {embedding}")
}
