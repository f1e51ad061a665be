def complete_load(model: str, file: str, tied: bool) -> str:
    """Compares a file with a model, name by name and shape by shape, and returns a report.

    `model` has lines "path shape"; `file` has lines "name shape" from PyTorch. If `tied`, the head uses the embedding table.
    """
    model = dict(rows(model))

    # Maps each path to the tensors of the file that belong there. Only the model can show what is missing, so its paths are
    # the keys.
    sources = {path: [] for path in model}
    unexpected = []
    for name, shape in rows(file):
        path, shape = place(name, shape) or (None, shape)
        # If there is no rule, or the model has no such path, the tensor is unexpected.
        if path not in sources:
            unexpected.append(f"unexpected {name}")
        else:
            sources[path].append((name, shape))

    missing, shapes, double, excused = [], [], [], []
    for path, want in model.items():
        match sources[path]:
            # If the embeddings are tied, the head may be missing, but nothing else.
            case [] if tied and path == "lm_head/kernel":
                excused.append(f"excused {path}")
            case []:
                missing.append(f"missing {path}")
            # Compare the whole shape, not the number of elements: 4x6 and 6x4 have the same number.
            case [(_, got)]:
                if got != want:
                    shapes.append(f"shape {path} want {want} got {got}")
            # Several tensors have the same path. All but one of them would be lost without an error.
            case several:
                names = sorted(name for name, _ in several)
                double.append(f"double {path} {' '.join(names)}")

    report = sorted(missing) + sorted(unexpected) + sorted(shapes) + sorted(double)
    end = "incomplete" if report else "complete"
    return "\n".join(report + excused + [end])


def rows(text: str) -> list[list[str]]:
    """The two columns of a text."""
    return [line.split(" ") for line in text.splitlines()]


def place(name: str, shape: str) -> tuple[str, str] | None:
    """The path in the model for a name of the file, and the shape that the tensor has there; None if no rule fits."""
    name = name.removeprefix("language_model.")
    rules = [
        ("norm.weight", "scale", False),
        ("proj.weight", "kernel", True),
        ("lm_head.weight", "kernel", True),
        ("embed_tokens.weight", "embedding", False),
    ]
    for ending, last, turned in rules:
        if name.endswith(ending):
            path = name.removesuffix("weight").replace(".", "/") + last
            sizes = shape.split("x")
            return path, "x".join(reversed(sizes) if turned else sizes)
    return None
