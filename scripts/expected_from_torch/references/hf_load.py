"""torch.nn.Linear with the weight and the bias."""

import torch


def load_hf_weights(seed, x, hf_kernel_flat, hf_bias_flat, features):
    # The initial values are all replaced, so the seed has no effect.
    layer = torch.nn.Linear(len(x), features)
    layer.load_state_dict({"weight": hf_kernel_flat.reshape(features, len(x)), "bias": hf_bias_flat})
    return layer(x)
