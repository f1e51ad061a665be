# The end of the whole name determines the new last part of the path, and whether the tensor is transposed.
# An embedding table has one row per token in both libraries, so it keeps its shape.
RULES = [
    ("norm.weight", "scale", "|"),
    ("proj.weight", "kernel", "|T"),
    ("lm_head.weight", "kernel", "|T"),
    ("embed_tokens.weight", "embedding", "|"),
]


def key_map(names: str) -> str:
    """Returns, for each line of `names`, the path of a tensor in the Flax model and whether it is transposed."""
    return "\n".join(place(name) for name in names.splitlines())


def place(name: str) -> str:
    """The line for one name."""
    for ending, last, flag in RULES:
        # Use `endswith`, because `re.match` would also accept q_proj.weight_scale_inv, which is a different tensor.
        if name.endswith(ending):
            # The last part is always "weight"; the rule contains its new name.
            parts = [numbered(part) for part in name.split(".")[:-1]] + [last]
            return "/".join(parts) + flag

    # "no rule" is better than a guess: no tensor is written to a place where it does not belong.
    return "no rule"


def numbered(part: str) -> str:
    """A part of a path: in Flax, a position in a list is a number, and everything else is text."""
    # The whole part must be a number: "10" is one, "tower2" is not.
    return "#" + part if part.isdigit() else part
