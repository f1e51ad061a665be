"""The same report from sets of (path, shape) pairs; what transformers said about real files is in the recorded cases."""

import re
from collections import Counter

TURNED = {"scale": False, "kernel": True, "embedding": False}


def complete_load(model, file, tied):
    wanted = dict(line.split() for line in model.split("\n"))
    tensors = [(name, *renamed(name), shape) for name, shape in (line.split() for line in file.split("\n"))]
    tensors = [(name, path, "x".join(shape.split("x")[::-1]) if turned else shape) for name, path, turned, shape in tensors]
    placed = [tensor for tensor in tensors if tensor[1] in wanted]
    times = Counter(path for _, path, _ in placed)
    absent = wanted.keys() - times.keys()
    excused = absent & {"lm_head/kernel"} if tied else set()
    once = {(path, shape) for _, path, shape in placed if times[path] == 1}
    lines = [f"missing {path}" for path in absent - excused]
    lines += [f"unexpected {name}" for name, path, _ in tensors if path not in wanted]
    lines += [f"shape {path} want {wanted[path]} got {shape}" for path, shape in once - set(wanted.items())]
    for path in (path for path, count in times.items() if count > 1):
        lines.append(" ".join(["double", path, *sorted(name for name, at, _ in placed if at == path)]))
    kinds = ["missing", "unexpected", "shape", "double"]
    lines.sort(key=lambda line: (kinds.index(line.split()[0]), line))
    return "\n".join(lines + [f"excused {path}" for path in excused] + ["incomplete" if lines else "complete"])


def renamed(name):
    match = re.fullmatch(r"(?:language_model\.)?((?:.*(?P<scale>norm)|.*(?P<kernel>proj|lm_head)|.*(?P<embedding>embed_tokens)))\.weight", name)
    if match is None:
        return None, False
    (last,) = (kind for kind in TURNED if match[kind])
    return match[1].replace(".", "/") + "/" + last, TURNED[last]
