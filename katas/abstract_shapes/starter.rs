use ndarray::Array1;
use nnx::{Embed, Linear, List, Param, Rngs, module};

module! {
    struct Norm { scale: Param }
}

module! {
    struct Attention { q_proj: Linear, k_proj: Linear, v_proj: Linear, o_proj: Linear }
}

module! {
    struct Mlp { gate_proj: Linear, up_proj: Linear, down_proj: Linear }
}

module! {
    struct Layer { input_layernorm: Norm, self_attn: Attention, post_attention_layernorm: Norm, mlp: Mlp }
}

module! {
    struct Llama { embed_tokens: Embed, layers: List<Layer>, norm: Norm, lm_head: Option<Linear> }
}

fn norm(dim: usize) -> Norm {
    Norm {
        scale: Param::init(&[dim], || Array1::<f32>::ones(dim)),
    }
}

fn mlp(dim: usize, inter: usize, rngs: &mut Rngs) -> Mlp {
    Mlp {
        gate_proj: Linear::without_bias(dim, inter, rngs),
        up_proj: Linear::without_bias(dim, inter, rngs),
        down_proj: Linear::without_bias(inter, dim, rngs),
    }
}

/// The four projections of attention: every query, key and value head has `head_dim` outputs.
fn attention(
    dim: usize,
    heads: usize,
    kv_heads: usize,
    head_dim: usize,
    rngs: &mut Rngs,
) -> Attention {
    todo!("make the projections of {heads} and {kv_heads} heads of {head_dim}, from and to {dim}")
}

/// The head of a model that is not tied.
fn head(dim: usize, vocab: usize, tied: bool, rngs: &mut Rngs) -> Option<Linear> {
    todo!("a layer from {dim} to {vocab}, or none (tied: {tied})")
}

/// Counts a Llama of these sizes without creating its weights.
///
/// Returns the tensors, the parameters, the bytes in bfloat16, the elements of the largest tensor, the elements that a loader
/// must transpose, and the inputs of all linear layers.
pub fn abstract_shapes(
    vocab: usize,
    dim: usize,
    inter: usize,
    layers: usize,
    heads: usize,
    kv_heads: usize,
    head_dim: usize,
    tied: bool,
) -> Array1<u64> {
    let build = || {
        let rngs = &mut Rngs::new(0);
        let layer = |rngs: &mut Rngs| Layer {
            input_layernorm: norm(dim),
            self_attn: attention(dim, heads, kv_heads, head_dim, rngs),
            post_attention_layernorm: norm(dim),
            mlp: mlp(dim, inter, rngs),
        };
        Llama {
            embed_tokens: Embed::new(vocab, dim, rngs),
            layers: (0..layers).map(|_| layer(rngs)).collect(),
            norm: norm(dim),
            lm_head: head(dim, vocab, tied, rngs),
        }
    };

    let (_, state) = nnx::split(&build());

    todo!(
        "build it without numbers, and count the leaves: {:?}",
        state.paths()
    )
}
