import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import safetensors


def llama_logits(
    file: bytes,
    prompt: jax.Array,
    hidden: int,
    inter: int,
    layers: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    vocab: int,
    tied: int,
    eps: float,
    rope: jax.Array,
) -> jax.Array:
    """Reads a Llama from a safetensors file and returns the logits after the last token of `prompt`, one for each token of the vocabulary."""
    weights = read(file)
    seq = prompt.size

    # x has one row for each token of the prompt: (seq, hidden). An embedding is a table, so nothing is transposed.
    x = weights["model.embed_tokens.weight"][prompt]

    cos, sin = rotation(rope, seq, head_dim)
    # Row i keeps only columns 0 to i. A single token has nothing to mask, so only longer prompts show a missing mask.
    visible = jnp.tril(jnp.ones((seq, seq), bool))

    for layer in range(layers):
        # PyTorch's weights are (out, in), so each of them is applied as x · W.T.
        def linear(name, x, layer=layer):
            return x @ weights[f"model.layers.{layer}.{name}.weight"].T

        def norm(name, x, layer=layer):
            return rms_norm(x, weights[f"model.layers.{layer}.{name}.weight"], eps)

        # Attention: each row of q, k and v contains its heads in order. (seq, heads * head_dim) becomes (heads, seq, head_dim).
        h = norm("input_layernorm", x)
        q = linear("self_attn.q_proj", h).reshape(seq, heads, head_dim).transpose(1, 0, 2)
        k = linear("self_attn.k_proj", h).reshape(seq, kv_heads, head_dim).transpose(1, 0, 2)
        v = linear("self_attn.v_proj", h).reshape(seq, kv_heads, head_dim).transpose(1, 0, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)

        # Query head h reads key and value head h // n_rep.
        n_rep = heads // kv_heads
        k, v = jnp.repeat(k, n_rep, axis=0), jnp.repeat(v, n_rep, axis=0)

        scores = q @ k.transpose(0, 2, 1) * head_dim**-0.5
        scores = jnp.where(visible, scores, -jnp.inf)
        mixed = jax.nn.softmax(scores, axis=-1) @ v

        # Put the heads of one token side by side again, apply the output projection, and add the residual.
        x = x + linear("self_attn.o_proj", mixed.transpose(1, 0, 2).reshape(seq, heads * head_dim))

        # The MLP: silu is applied only to the gate.
        h = norm("post_attention_layernorm", x)
        x = x + linear("mlp.down_proj", jax.nn.silu(linear("mlp.gate_proj", h)) * linear("mlp.up_proj", h))

    last = rms_norm(x[-1], weights["model.norm.weight"], eps)
    # A tied model has no lm_head in its file: the embedding is the head. Its shape, (vocab, hidden), is PyTorch's (out, in).
    head = weights["model.embed_tokens.weight" if tied else "lm_head.weight"]
    return head @ last


def read(file: bytes) -> dict[str, jax.Array]:
    """Every tensor of the file by its name, in f32."""
    # `safetensors.flax.load` cannot read BF16, so the bytes are first read as their own dtype.
    types = {"F32": np.dtype(np.float32), "BF16": np.dtype(ml_dtypes.bfloat16)}
    weights = {}
    for name, tensor in safetensors.deserialize(file):
        array = np.frombuffer(tensor["data"], types[tensor["dtype"]]).reshape(tensor["shape"])
        # Every BF16 number is exact in F32. All later steps compute in f32, whatever the dtype in the file.
        weights[name] = jnp.asarray(array.astype(np.float32))
    return weights


def rms_norm(x: jax.Array, weight: jax.Array, eps: float) -> jax.Array:
    """x / sqrt(mean(x²) + eps) * weight, over the last axis."""
    return x * jax.lax.rsqrt(jnp.mean(x * x, axis=-1, keepdims=True) + eps) * weight


def rotation(rope: jax.Array, seq: int, head_dim: int) -> tuple[jax.Array, jax.Array]:
    """The cosines and sines of every position and channel, each (seq, head_dim)."""
    frequency = rope[0] ** (-jnp.arange(0, head_dim, 2) / head_dim)
    if rope.size > 1:
        _theta, factor, low, high, original = rope
        wavelength = 2 * jnp.pi / frequency
        # Long waves are slowed by the factor, short ones stay as they are, and those between the bounds are blended.
        smooth = (original / wavelength - low) / (high - low)
        mixed = (1 - smooth) * frequency / factor + smooth * frequency
        slowed = jnp.where(wavelength > original / low, frequency / factor, mixed)
        frequency = jnp.where(wavelength < original / high, frequency, slowed)
    angle = jnp.arange(seq)[:, None] * frequency
    # Hugging Face rotates halves: channel i and channel i + head_dim / 2 are rotated by the same angle.
    angle = jnp.concatenate([angle, angle], axis=-1)
    return jnp.cos(angle), jnp.sin(angle)


def rotate(x: jax.Array, cos: jax.Array, sin: jax.Array) -> jax.Array:
    """Rotates the halves of each head, (heads, seq, head_dim), by the angles of each position."""
    first, second = jnp.split(x, 2, axis=-1)
    return x * cos + jnp.concatenate([-second, first], axis=-1) * sin
