"""What transformers' from_pretrained says about a file with these tensors: missing, unexpected and mismatched names."""

import torch
from safetensors.torch import save
from transformers import LlamaForCausalLM

import llama

DOUBLE = "two names for one path, for which transformers has no report"
HEAD = "from_pretrained stops with an error when it ties a head that has a different shape"
SKIPPED = {
    "every kind at once": DOUBLE,
    "two sources": DOUBLE,
    "doubles of every kind": DOUBLE,
    "wide": DOUBLE,
    "two files in one": DOUBLE,
    "tied, with a padded head": HEAD,
    "tied": HEAD,
}


def complete_load(model, file, tied):
    wanted = dict(line.split() for line in model.split("\n"))
    paths = {path.rpartition("/")[0].replace("/", ".") + ".weight": path for path in wanted}
    config = llama.config(tied=tied, **sizes(wanted))
    with torch.device("meta"):
        shapes = {name: tensor.shape for name, tensor in LlamaForCausalLM(config).state_dict().items()}
    assert {paths[name]: shape(paths[name], found) for name, found in shapes.items()} == wanted
    stored = dict(line.split() for line in file.split("\n"))
    tensors = {name: torch.zeros([int(size) for size in text.split("x")]) for name, text in stored.items()}
    _, report = llama.from_file(save(tensors), config, ignore_mismatched_sizes=True)
    lines = sorted(f"missing {paths[name]}" for name in report["missing_keys"])
    lines += sorted(f"unexpected {name}" for name in report["unexpected_keys"])
    lines += sorted(f"shape {paths[name]} want {shape(paths[name], want)} got {shape(paths[name], got)}"
                    for name, got, want in report["mismatched_keys"])
    # What the file does not have, but transformers does not call missing.
    excused = [f"excused {paths[name]}" for name in paths.keys() - stored.keys() - set(report["missing_keys"])]
    return "\n".join(lines + excused + ["incomplete" if lines else "complete"])


def sizes(wanted):
    """The sizes of a Llama with these parameters; its key weights have one head."""
    axes = {path.split("/")[-2]: [int(size) for size in shape.split("x")] for path, shape in wanted.items()}
    layers = len({path.split("/")[2] for path in wanted if path.startswith("model/layers/")})
    vocab, hidden = axes["embed_tokens"]
    head_dim = axes["k_proj"][1]
    return dict(hidden=hidden, inter=axes["gate_proj"][1], layers=layers, heads=axes["q_proj"][1] // head_dim, kv_heads=1,
                head_dim=head_dim, vocab=vocab)


def shape(path, sizes):
    """A PyTorch shape as the report writes it: the shape of a kernel is reversed in Flax."""
    return "x".join(str(size) for size in (sizes[::-1] if path.endswith("/kernel") else sizes))
