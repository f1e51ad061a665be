use std::collections::HashMap;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, Ix1, Ix2, array, s};
use nnx::safetensors::SafeTensors;

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
    let mut text = prompt.clone();
    for _ in 0..n_new {
        // Without a cache, the model reads the whole text each time, including the tokens that it generated.
        let logits = llama_logits(
            file, &text, hidden, inter, layers, heads, kv_heads, head_dim, vocab, tied, eps, rope,
        );
        let token = argmax(&logits);
        text.append(Axis(0), array![token].view()).unwrap();
    }
    // The prompt is not part of the result.
    text.slice(s![prompt.len()..]).to_owned()
}

/// The index of the largest number.
fn argmax(logits: &Array1<f32>) -> i32 {
    let numbered = logits.iter().enumerate();
    let largest = numbered.max_by(|(_, a), (_, b)| a.total_cmp(b));
    largest.map_or(0, |(token, _)| token as i32)
}

/// The logits after the last token of `prompt`: the solution of the kata `llama_logits`.
fn llama_logits(
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
    let weights = Weights::read(file);
    let embedding = weights.matrix("model.embed_tokens.weight");
    assert_eq!(embedding.dim(), (vocab, hidden));

    // x has one row for each token of the prompt: (seq, hidden). An embedding is a table, so nothing is transposed.
    let tokens: Vec<usize> = prompt.iter().map(|token| *token as usize).collect();
    let mut x = embedding.select(Axis(0), &tokens);
    let seq = tokens.len();
    let (cos, sin) = rotation(rope, seq, head_dim);

    for layer in 0..layers {
        let name = |part: &str| format!("model.layers.{layer}.{part}.weight");
        // PyTorch's weights are (out, in), so each of them is applied as x · Wᵀ.
        let linear = |part: &str, x: &Array2<f32>| x.dot(&weights.matrix(&name(part)).t());
        let norm = |part: &str, x: &Array2<f32>| rms_norm(x, &weights.vector(&name(part)), eps);

        // Attention: each row of q, k and v contains its heads one after another, with head_dim numbers each.
        let h = norm("input_layernorm", &x);
        let q = linear("self_attn.q_proj", &h);
        let k = linear("self_attn.k_proj", &h);
        let v = linear("self_attn.v_proj", &h);
        let mut mixed = Array2::zeros((seq, heads * head_dim));
        for head in 0..heads {
            // Query head h reads key and value head h / n_rep, where n_rep is heads / kv_heads.
            let kv = head / (heads / kv_heads);
            let columns = s![.., kv * head_dim..(kv + 1) * head_dim];
            let own = s![.., head * head_dim..(head + 1) * head_dim];
            let q = rotate(q.slice(own), &cos, &sin);
            let k = rotate(k.slice(columns), &cos, &sin);
            let mut scores = q.dot(&k.t()) * (head_dim as f32).sqrt().recip();
            // Row i keeps only columns 0 to i. A single token has nothing to mask, so only longer prompts show a missing mask.
            for ((row, column), score) in scores.indexed_iter_mut() {
                if column > row {
                    *score = f32::NEG_INFINITY;
                }
            }
            // The heads of one token are side by side again.
            mixed
                .slice_mut(own)
                .assign(&softmax(&scores).dot(&v.slice(columns)));
        }
        x = x + linear("self_attn.o_proj", &mixed);

        // The MLP: silu is applied only to the gate.
        let h = norm("post_attention_layernorm", &x);
        let gate = linear("mlp.gate_proj", &h);
        assert_eq!(gate.dim(), (seq, inter));
        let activated = gate.mapv(|gate| gate / (1.0 + (-gate).exp())) * linear("mlp.up_proj", &h);
        x = x + linear("mlp.down_proj", &activated);
    }

    let last = rms_norm(&x, &weights.vector("model.norm.weight"), eps);
    // A tied model has no lm_head in its file: the embedding is the head. Its shape, (vocab, hidden), is PyTorch's (out, in).
    let head = match tied {
        0 => weights.matrix("lm_head.weight"),
        _ => embedding,
    };
    head.dot(&last.row(seq - 1))
}

/// Every tensor of the file by its name, in f32.
struct Weights(HashMap<String, ndarray::ArrayD<f32>>);

impl Weights {
    fn read(file: &[u8]) -> Self {
        let tensors = SafeTensors::deserialize(file).unwrap();
        // Every BF16 number is exact in F32. All later steps compute in f32, whatever the dtype in the file.
        let read = |name: &str| tensors.tensor(name).unwrap().to_f32().unwrap();
        let names = tensors.names();
        Self(
            names
                .into_iter()
                .map(|name| (name.to_owned(), read(name)))
                .collect(),
        )
    }

    fn matrix(&self, name: &str) -> ArrayView2<'_, f32> {
        self.0[name].view().into_dimensionality::<Ix2>().unwrap()
    }

    fn vector(&self, name: &str) -> ArrayView1<'_, f32> {
        self.0[name].view().into_dimensionality::<Ix1>().unwrap()
    }
}

/// x / sqrt(mean(x²) + eps) * weight, for each row.
fn rms_norm(x: &Array2<f32>, weight: &ArrayView1<f32>, eps: f32) -> Array2<f32> {
    let mut normed = x.clone();
    for mut row in normed.rows_mut() {
        let mean = row.dot(&row) / row.len() as f32;
        row *= (mean + eps).sqrt().recip();
        row *= weight;
    }
    normed
}

/// The cosines and sines of every position and channel, each (seq, head_dim).
fn rotation(rope: &Array1<f32>, seq: usize, head_dim: usize) -> (Array2<f32>, Array2<f32>) {
    let half = head_dim / 2;
    let frequencies = Array1::from_shape_fn(half, |i| {
        let frequency = rope[0].powf(-((2 * i) as f32) / head_dim as f32);
        if rope.len() == 1 {
            return frequency;
        }
        let (factor, low, high, original) = (rope[1], rope[2], rope[3], rope[4]);
        let wavelength = 2.0 * std::f32::consts::PI / frequency;
        // Long waves are slowed by the factor, short ones stay as they are, and those between the bounds are blended.
        if wavelength < original / high {
            frequency
        } else if wavelength > original / low {
            frequency / factor
        } else {
            let smooth = (original / wavelength - low) / (high - low);
            (1.0 - smooth) * frequency / factor + smooth * frequency
        }
    });
    // Hugging Face rotates halves: channel i and channel i + head_dim / 2 are rotated by the same angle.
    let angle = Array2::from_shape_fn((seq, head_dim), |(position, channel)| {
        position as f32 * frequencies[channel % half]
    });
    (angle.mapv(f32::cos), angle.mapv(f32::sin))
}

/// Rotates the halves of one head, (seq, head_dim), by the angles of each position.
fn rotate(x: ArrayView2<f32>, cos: &Array2<f32>, sin: &Array2<f32>) -> Array2<f32> {
    let half = x.ncols() / 2;
    Array2::from_shape_fn(x.dim(), |(position, channel)| {
        let partner = if channel < half {
            -x[[position, channel + half]]
        } else {
            x[[position, channel - half]]
        };
        x[[position, channel]] * cos[[position, channel]] + partner * sin[[position, channel]]
    })
}

/// The softmax of each row. The largest score is subtracted first: without that, `exp` overflows on large scores.
fn softmax(scores: &Array2<f32>) -> Array2<f32> {
    let mut weights = scores.clone();
    for mut row in weights.rows_mut() {
        let largest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row.mapv_inplace(|score| (score - largest).exp());
        let sum = row.sum();
        row /= sum;
    }
    weights
}
