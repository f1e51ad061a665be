"""A kernel is what a layer outputs for unit vectors, so the weight is put into the real layer, which splits its outputs into heads.

The attention itself is replaced: it only keeps the queries, keys and values that the layer hands to it, and returns an output of
our choice. The layers with a fused weight have heads * head_dim inputs. Where a case has fewer inputs, the
weights of the other inputs are zero, and no unit vector reaches them.
"""

from unittest import mock

import torch
from torch.nn.functional import pad
from transformers import GPT2Config, GPTNeoXConfig
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS
from transformers.models.gpt2.modeling_gpt2 import GPT2Attention
from transformers.models.gpt_neox.modeling_gpt_neox import GPTNeoXAttention
from transformers.models.llama.modeling_llama import LlamaAttention

import llama


def attention_kernel(w, embed, heads, head_dim, layout):
    units = heads * head_dim
    if layout == 1:
        return output_projection(w.reshape(embed, units), embed, heads, head_dim).reshape(-1)
    assert layout == 0 or embed <= units, "more inputs than the fused layers have"
    layers = {0: query_projection, 2: in_proj, 3: query_key_value, 4: c_attn}
    parts = layers[layout](w, embed, heads, head_dim)
    # (1, heads, unit vectors, head_dim)
    return torch.cat([part[0].transpose(0, 1).reshape(-1) for part in parts])


def query_projection(w, embed, heads, head_dim):
    """Layout 0: a Linear of LlamaAttention."""
    layer = LlamaAttention(replaced(llama.config(hidden=embed, heads=heads, head_dim=head_dim)), layer_idx=0)
    layer.q_proj.load_state_dict({"weight": w.reshape(heads * head_dim, embed)})
    return seen(layer, torch.eye(embed), position_embeddings=unrotated(embed, head_dim))[:1]


def output_projection(w, embed, heads, head_dim):
    """Layout 1: the o_proj of LlamaAttention, for an attention whose outputs are the unit vectors."""
    layer = LlamaAttention(replaced(llama.config(hidden=embed, heads=heads, head_dim=head_dim)), layer_idx=0)
    layer.o_proj.load_state_dict({"weight": w})
    units = heads * head_dim
    outputs = torch.eye(units).reshape(1, units, heads, head_dim)
    ALL_ATTENTION_FUNCTIONS.register("replaced", lambda *_, **__: (outputs, None))
    return layer(torch.zeros(1, units, embed), position_embeddings=unrotated(units, head_dim))[0]


def in_proj(w, embed, heads, head_dim):
    """Layout 2: torch.nn.MultiheadAttention. In training mode, it calls the function that is replaced here."""
    units = heads * head_dim
    layer = torch.nn.MultiheadAttention(units, heads, bias=False, batch_first=True)
    layer.load_state_dict({"in_proj_weight": pad(w.reshape(3 * units, embed), (0, units - embed))}, strict=False)
    x, found = torch.eye(embed, units)[None], []
    with mock.patch("torch.nn.functional.scaled_dot_product_attention", lambda *qkv, **_: found.extend(qkv[:3]) or qkv[0]):
        layer(x, x, x, need_weights=False)
    return found


def query_key_value(w, embed, heads, head_dim):
    """Layout 3: GPTNeoXAttention."""
    units = heads * head_dim
    config = GPTNeoXConfig(hidden_size=units, num_attention_heads=heads, attention_bias=False)
    layer = GPTNeoXAttention(replaced(config), layer_idx=0)
    layer.query_key_value.load_state_dict({"weight": pad(w.reshape(3 * units, embed), (0, units - embed))})
    return seen(layer, torch.eye(embed, units), attention_mask=None, position_embeddings=unrotated(embed, head_dim))


def c_attn(w, embed, heads, head_dim):
    """Layout 4: GPT2Attention, whose Conv1D stores (in, out)."""
    units = heads * head_dim
    layer = GPT2Attention(replaced(GPT2Config(n_embd=units, n_head=heads)), layer_idx=0)
    weight = pad(w.reshape(embed, 3 * units), (0, 0, 0, units - embed))
    layer.c_attn.load_state_dict({"weight": weight, "bias": torch.zeros(3 * units)})
    return seen(layer, torch.eye(embed, units))


def replaced(config):
    """The config with the name of our attention function."""
    config._attn_implementation = "replaced"
    return config


def seen(layer, rows, **options):
    """The queries, keys and values that a layer of transformers computes from these rows."""
    found = []

    def keep(_, query, key, value, *__, **___):
        found.extend((query, key, value))
        return query.transpose(1, 2), None

    ALL_ATTENTION_FUNCTIONS.register("replaced", keep)
    layer(rows[None], **options)
    return found


def unrotated(length, head_dim):
    """Cosines and sines of the angle 0."""
    return torch.ones(1, length, head_dim), torch.zeros(1, length, head_dim)
