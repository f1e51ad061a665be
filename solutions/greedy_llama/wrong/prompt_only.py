"""The model reads the prompt alone, each time."""

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import safetensors


def greedy_llama(
    file: bytes,
    prompt: jax.Array,
    n_new: int,
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
    weights = read(file)
    text = prompt.tolist()
    end = len(text) + n_new
    for _ in range(n_new):
        padded = jnp.array(prompt.tolist() + [0] * n_new)
        all_logits = logits(weights, padded, layers, heads, kv_heads, head_dim, tied, eps, rope)
        text.append(int(jnp.argmax(all_logits[prompt.size - 1])))
    return jnp.array(text[prompt.size:], jnp.int32)


def logits(
    weights: dict[str, jax.Array],
    tokens: jax.Array,
    layers: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    tied: int,
    eps: float,
    rope: jax.Array,
) -> jax.Array:
    seq = tokens.size

    x = weights["model.embed_tokens.weight"][tokens]

    cos, sin = rotation(rope, seq, head_dim)
    visible = jnp.tril(jnp.ones((seq, seq), bool))

    for layer in range(layers):
        def linear(name, x, layer=layer):
            return x @ weights[f"model.layers.{layer}.{name}.weight"].T

        def norm(name, x, layer=layer):
            return rms_norm(x, weights[f"model.layers.{layer}.{name}.weight"], eps)

        h = norm("input_layernorm", x)
        q = linear("self_attn.q_proj", h).reshape(seq, heads, head_dim).transpose(1, 0, 2)
        k = linear("self_attn.k_proj", h).reshape(seq, kv_heads, head_dim).transpose(1, 0, 2)
        v = linear("self_attn.v_proj", h).reshape(seq, kv_heads, head_dim).transpose(1, 0, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)

        n_rep = heads // kv_heads
        k, v = jnp.repeat(k, n_rep, axis=0), jnp.repeat(v, n_rep, axis=0)

        scores = q @ k.transpose(0, 2, 1) * head_dim**-0.5
        scores = jnp.where(visible, scores, -jnp.inf)
        mixed = jax.nn.softmax(scores, axis=-1) @ v

        x = x + linear("self_attn.o_proj", mixed.transpose(1, 0, 2).reshape(seq, heads * head_dim))

        h = norm("post_attention_layernorm", x)
        x = x + linear("mlp.down_proj", jax.nn.silu(linear("mlp.gate_proj", h)) * linear("mlp.up_proj", h))

    x = rms_norm(x, weights["model.norm.weight"], eps)
    head = weights["model.embed_tokens.weight" if tied else "lm_head.weight"]
    return x @ head.T


def read(file: bytes) -> dict[str, jax.Array]:
    types = {"F32": np.dtype(np.float32), "BF16": np.dtype(ml_dtypes.bfloat16)}
    weights = {}
    for name, tensor in safetensors.deserialize(file):
        array = np.frombuffer(tensor["data"], types[tensor["dtype"]]).reshape(tensor["shape"])
        weights[name] = jnp.asarray(array.astype(np.float32))
    return weights


def rms_norm(x: jax.Array, weight: jax.Array, eps: float) -> jax.Array:
    return x * jax.lax.rsqrt(jnp.mean(x * x, axis=-1, keepdims=True) + eps) * weight


def rotation(rope: jax.Array, seq: int, head_dim: int) -> tuple[jax.Array, jax.Array]:
    frequency = rope[0] ** (-jnp.arange(0, head_dim, 2) / head_dim)
    if rope.size > 1:
        _theta, factor, low, high, original = rope
        wavelength = 2 * jnp.pi / frequency
        smooth = (original / wavelength - low) / (high - low)
        mixed = (1 - smooth) * frequency / factor + smooth * frequency
        slowed = jnp.where(wavelength > original / low, frequency / factor, mixed)
        frequency = jnp.where(wavelength < original / high, frequency, slowed)
    angle = jnp.arange(seq)[:, None] * frequency
    angle = jnp.concatenate([angle, angle], axis=-1)
    return jnp.cos(angle), jnp.sin(angle)


def rotate(x: jax.Array, cos: jax.Array, sin: jax.Array) -> jax.Array:
    first, second = jnp.split(x, 2, axis=-1)
    return x * cos + jnp.concatenate([-second, first], axis=-1) * sin
