"""transformers' Llamas with the sizes of a case; several references use this file."""

import tempfile
from pathlib import Path

import torch
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM


def config(hidden=2, inter=1, layers=1, heads=1, kv_heads=None, head_dim=2, vocab=1, tied=False, eps=1e-6, rope=(10000.0,)):
    """A config; `rope` is theta, or theta and the four constants of the rope_type llama3."""
    theta, *scaling = (float(number) for number in rope)
    parameters = {"rope_type": "default", "rope_theta": theta}
    if scaling:
        factor, low, high, original = scaling
        parameters |= {"rope_type": "llama3", "factor": factor, "low_freq_factor": low, "high_freq_factor": high,
                       "original_max_position_embeddings": int(original)}
    made = LlamaConfig(
        intermediate_size=inter, num_hidden_layers=layers, vocab_size=vocab, tie_word_embeddings=bool(tied), rms_norm_eps=eps,
        rope_parameters=parameters, attn_implementation="eager", pad_token_id=None, bos_token_id=None, eos_token_id=None)
    # A config rejects a hidden size that is not a multiple of the number of heads. The model has no such limit.
    made.hidden_size, made.head_dim = hidden, head_dim
    made.num_attention_heads, made.num_key_value_heads = heads, kv_heads or heads
    return made


def loaded(file, hidden, inter, layers, heads, kv_heads, head_dim, vocab, tied, eps, rope):
    """The model of a safetensors file, in f32. Every tensor must be used."""
    sizes = dict(hidden=hidden, inter=inter, layers=layers, heads=heads, kv_heads=kv_heads, head_dim=head_dim, vocab=vocab)
    model, report = from_file(file, config(tied=tied, eps=eps, rope=rope.tolist(), **sizes))
    assert not any(report.values()), report
    return model


def from_file(file, config, **options):
    """The model of a safetensors file, and what transformers says about the tensors."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "model.safetensors").write_bytes(file)
        return LlamaForCausalLM.from_pretrained(
            folder, config=config, generation_config=GenerationConfig(), dtype=torch.float32, output_loading_info=True, **options)
