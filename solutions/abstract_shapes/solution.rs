use ndarray::{Array1, array};
use nnx::{Embed, Linear, List, Param, Part, Rngs, module};

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
    // heads * head_dim can differ from dim, and grouped-query attention has fewer key and value heads than query heads.
    let (queries, keys) = (heads * head_dim, kv_heads * head_dim);
    Attention {
        q_proj: Linear::without_bias(dim, queries, rngs),
        k_proj: Linear::without_bias(dim, keys, rngs),
        v_proj: Linear::without_bias(dim, keys, rngs),
        o_proj: Linear::without_bias(queries, dim, rngs),
    }
}

/// The head of a model that is not tied.
fn head(dim: usize, vocab: usize, tied: bool, rngs: &mut Rngs) -> Option<Linear> {
    // A tied model uses the embedding table as its head, so it has no separate tensor for the head.
    (!tied).then(|| Linear::without_bias(dim, vocab, rngs))
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

    // Inside `eval_shape` a variable gets a shape and a dtype, but no values: nothing is drawn and nothing is allocated.
    let (_, state) = nnx::split(&nnx::eval_shape(build));

    // The counts are u64, not f32 or u32: f32 loses the last digits of a count above 2^24, and 2^32 bytes are only 4 GiB.
    let (mut parameters, mut largest, mut transposed, mut inputs) = (0_u64, 0_u64, 0_u64, 0_u64);
    for (path, variable) in state.iter() {
        let size = variable.size() as u64;
        parameters += size;
        largest = largest.max(size);
        // Kernels are (in, out) here and (out, in) in the file. Embeddings and norms stay as they are.
        if path.parts().last() == Some(&Part::from("kernel")) {
            transposed += size;
            // A kernel has one row for each input.
            inputs += variable.shape()[0] as u64;
        }
    }

    array![
        state.len() as u64,
        parameters,
        2 * parameters,
        largest,
        transposed,
        inputs
    ]
}
