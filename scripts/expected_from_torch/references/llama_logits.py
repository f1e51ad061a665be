"""The logits of the last position, from transformers' LlamaForCausalLM in f32 with eager attention."""

import llama


def llama_logits(file, prompt, **model):
    return llama.loaded(file, **model)(prompt[None].long()).logits[0, -1]
