"""transformers' LlamaMLP."""

from transformers.models.llama.modeling_llama import LlamaMLP

import llama


def swiglu_mlp(x, w_gate, w_up, w_down, rows, dim, inter):
    mlp = LlamaMLP(llama.config(hidden=dim, inter=inter))
    gate, up = (weight.reshape(inter, dim) for weight in (w_gate, w_up))
    mlp.load_state_dict({"gate_proj.weight": gate, "up_proj.weight": up, "down_proj.weight": w_down.reshape(dim, inter)})
    return mlp(x.reshape(rows, dim)).reshape(-1)
