"""What transformers' GemmaRMSNorm and LlamaRMSNorm multiply by: their output for a row of ones.

The stored weight is the one that makes the model's norm multiply by the same numbers as the file's norm.
"""

import torch
from transformers.models.gemma.modeling_gemma import GemmaRMSNorm
from transformers.models.llama.modeling_llama import LlamaRMSNorm


def norm_plus_one(w, file_adds, model_adds):
    wanted = multiplier(file_adds, w)
    # With a zero weight, the model's norm shows what it adds by itself. Between equal norms, nothing may be added and then
    # subtracted, because that would lose small weights.
    stored = w if file_adds == model_adds else wanted - multiplier(model_adds, torch.zeros_like(w))
    assert torch.equal(multiplier(model_adds, stored), wanted)
    return stored


def multiplier(adds, weight):
    norm = (GemmaRMSNorm if adds else LlamaRMSNorm)(len(weight), eps=0.0)
    norm.load_state_dict({"weight": weight})
    return norm(torch.ones(1, len(weight)))[0]
