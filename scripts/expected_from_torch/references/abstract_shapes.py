"""The parameters of transformers' Llama on the meta device, which has shapes but no numbers."""

import numpy as np
import torch
from transformers import LlamaForCausalLM

import llama


def abstract_shapes(vocab, dim, inter, layers, heads, kv_heads, head_dim, tied):
    sizes = dict(hidden=dim, inter=inter, layers=layers, heads=heads, kv_heads=kv_heads, head_dim=head_dim)
    with torch.device("meta"):
        model = LlamaForCausalLM(llama.config(vocab=vocab, tied=tied, **sizes)).to(torch.bfloat16)
    # Shared parameters are listed once: a tied head is the embedding, and its layer is left out below as well.
    parameters = list(model.parameters())
    embedding = model.model.embed_tokens.weight
    linear = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear) and layer.weight is not embedding]
    found = [len(parameters), sum(one.numel() for one in parameters), sum(one.nbytes for one in parameters),
             max(one.numel() for one in parameters), sum(layer.weight.numel() for layer in linear),
             sum(layer.in_features for layer in linear)]
    return np.array(found, np.uint64)
