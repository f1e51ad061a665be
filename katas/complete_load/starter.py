def complete_load(model: str, file: str, tied: bool) -> str:
    """Compares a file with a model, name by name and shape by shape, and returns a report.

    `model` has lines "path shape", and `file` has lines "name shape", as PyTorch wrote them.
    If `tied` is true, the head uses the embedding table.
    """
    # The shape of each path.
    model = dict(rows(model))
    # The name of each tensor, with its path and its shape in the model if there is a rule.
    file = [(name, place(name, shape)) for name, shape in rows(file)]

    raise NotImplementedError(f"report (tied: {tied}) what the model has, {model}, and what the file has, {file}")


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
