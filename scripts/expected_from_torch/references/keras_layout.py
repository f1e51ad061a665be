"""The list is set as the weights of a real layer of Keras Hub's Llama 3, which Keras Hub then exports with transformers' names.

In Keras Hub, dim is always heads * head_dim. Where a case has a smaller dim, the arrays are padded with zeros, and the
exported ones are trimmed.
"""

import keras_hub
import numpy as np
import torch
from keras_hub.src.utils.transformers.export.llama3 import get_llama3_weights_map

# The names in the order of the statement.
NAMES = ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj",
         "mlp.down_proj", "input_layernorm", "post_attention_layernorm")
# The kernels with dim outputs.
BACK = {"attention_output", "feedforward_output_dense"}


def keras_layout(weights, dim, heads, kv_heads, head_dim, inter):
    wide = heads * head_dim
    assert dim <= wide
    backbone = keras_hub.models.Llama3Backbone(
        vocabulary_size=1, num_layers=1, num_query_heads=heads, num_key_value_heads=kv_heads, hidden_dim=wide,
        intermediate_dim=inter)
    layer = backbone.get_layer("transformer_layer_0")
    arrays, rest = [], weights.numpy()
    for variable in layer.weights:
        axis = len(variable.shape) - 1 if variable.path.split("/")[-2] in BACK else 0
        shape = list(variable.shape)
        assert shape[axis] == wide
        shape[axis] = dim
        size = int(np.prod(shape))
        fill = [(0, wide - dim if at == axis else 0) for at in range(len(shape))]
        arrays.append(np.pad(rest[:size].reshape(shape), fill))
        rest = rest[size:]
    assert not rest.size
    layer.set_weights(arrays)
    exported = get_llama3_weights_map(backbone)
    parts = [exported[f"model.layers.0.{name}.weight"] for name in NAMES]
    back = ("o_proj", "down_proj", "layernorm")
    return torch.cat([(part[:dim] if name.endswith(back) else part[:, :dim]).reshape(-1) for name, part in zip(NAMES, parts)])
