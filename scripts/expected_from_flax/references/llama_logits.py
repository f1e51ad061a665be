"""A Llama in NumPy and f64, one token and one head at a time, with rotations as complex numbers and without code from the solution."""

import json

import ml_dtypes
import numpy as np

TYPES = {"F32": np.float32, "BF16": ml_dtypes.bfloat16}


def tensors(file):
    """The tensors of a safetensors file in f64, read by hand."""
    length = int.from_bytes(file[:8], "little")
    header = json.loads(file[8:8 + length])
    read = {}
    for name, info in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in info["data_offsets"])
            read[name] = np.frombuffer(file[begin:end], TYPES[info["dtype"]]).reshape(info["shape"]).astype(np.float64)
    return read


def normed(x, scale, eps):
    return x / np.sqrt(np.mean(x * x) + eps) * scale


def frequencies(rope, head_dim):
    theta, *scaling = (float(number) for number in rope)
    found = []
    for channel in range(head_dim // 2):
        frequency = theta ** (-2 * channel / head_dim)
        if scaling:
            factor, low, high, original = scaling
            # How many waves fit in the original context: with many, the frequency stays; with few, it is lower; between
            # the two, it is a mixture.
            waves = original * frequency / (2 * np.pi)
            kept = min(1.0, max(0.0, (waves - low) / (high - low)))
            frequency *= kept + (1 - kept) / factor
        found.append(frequency)
    return np.array(found)


def turned(head, position, frequency):
    """One head's numbers, with its halves as the real and the imaginary part."""
    real, imaginary = np.split(head, 2)
    turned = (real + 1j * imaginary) * np.exp(1j * position * frequency)
    return np.concatenate([turned.real, turned.imag])


def llama_logits(file, prompt, hidden, inter, layers, heads, kv_heads, head_dim, vocab, tied, eps, rope):
    weights, frequency = tensors(file), frequencies(np.asarray(rope), head_dim)
    embedding = weights["model.embed_tokens.weight"]
    assert embedding.shape == (vocab, hidden)
    rows = [embedding[token] for token in np.asarray(prompt)]
    for layer in range(layers):
        part = lambda name: weights[f"model.layers.{layer}.{name}.weight"]
        keys, values, after = [], [], []
        for position, x in enumerate(rows):
            h = normed(x, part("input_layernorm"), eps)
            split = lambda name, count: (part(f"self_attn.{name}_proj") @ h).reshape(count, head_dim)
            keys.append([turned(head, position, frequency) for head in split("k", kv_heads)])
            values.append(split("v", kv_heads))
            mixed = []
            for number, query in enumerate(split("q", heads)):
                group = number * kv_heads // heads
                query = turned(query, position, frequency)
                scores = np.array([query @ key[group] for key in keys]) / np.sqrt(head_dim)
                chances = np.exp(scores - scores.max())
                mixed.append(sum(c * v[group] for c, v in zip(chances / chances.sum(), values)))
            x = x + part("self_attn.o_proj") @ np.concatenate(mixed)
            h = normed(x, part("post_attention_layernorm"), eps)
            gate = part("mlp.gate_proj") @ h
            assert gate.shape == (inter,)
            after.append(x + part("mlp.down_proj") @ (gate / (1 + np.exp(-gate)) * (part("mlp.up_proj") @ h)))
        rows = after
    head = embedding if tied else weights["lm_head.weight"]
    return (head @ normed(rows[-1], weights["model.norm.weight"], eps)).astype(np.float32)
