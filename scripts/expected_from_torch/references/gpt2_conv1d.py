"""transformers' Conv1D, the layer of GPT-2."""

from transformers.pytorch_utils import Conv1D


def gpt2_conv1d(x, weight, bias, in_features, out_features):
    layer = Conv1D(out_features, in_features)
    layer.load_state_dict({"weight": weight.reshape(in_features, out_features), "bias": bias})
    return layer(x)
