"""The kind of layer that has a parameter of this name in transformers' Llama.

A name that is not in its state dict matches no rule.
"""

import functools

import torch
from transformers import LlamaForCausalLM
from transformers.models.llama.modeling_llama import LlamaRMSNorm

import llama

# The leaf in Flax, and whether it is transposed.
KINDS = {torch.nn.Linear: ("kernel", "T"), torch.nn.Embedding: ("embedding", ""), LlamaRMSNorm: ("scale", "")}
OTHERS = "has names that match a rule but are not a Llama's"
SKIPPED = {"nearly a rule": OTHERS, "numbers and digits": OTHERS, "wide": OTHERS}


def key_map(names):
    return "\n".join(line(name) for name in names.split("\n"))


def line(name):
    if name not in model().state_dict():
        return "no rule"
    layer = name.rpartition(".")[0]
    leaf, transposed = KINDS[type(model().get_submodule(layer))]
    parts = [f"#{part}" if part.isdigit() else part for part in layer.split(".")]
    return "/".join([*parts, leaf]) + "|" + transposed


@functools.cache
def model():
    with torch.device("meta"):
        return LlamaForCausalLM(llama.config(layers=12))
