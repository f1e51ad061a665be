"""What transformers' generate returns without sampling; with and without its cache, the result must be the same."""

import torch

import llama

SKIPPED = {"no step": "generate refuses a request for zero tokens"}


def greedy_llama(file, prompt, n_new, **model):
    model, prompt = llama.loaded(file, **model), prompt[None].long()
    options = dict(max_new_tokens=n_new, do_sample=False, attention_mask=torch.ones_like(prompt))
    cached, uncached = (model.generate(prompt, use_cache=use, **options) for use in (True, False))
    assert torch.equal(cached, uncached)
    return cached[0, prompt.shape[1]:].int()
