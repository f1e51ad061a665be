# The end of the whole name says what the tensor is: its new last part, and whether it is transposed.
# A table has one row per token in both libraries, so an embedding keeps its shape.
RULES = [
    ("norm.weight", "scale", "|"),
    ("proj.weight", "kernel", "|T"),
    ("lm_head.weight", "kernel", "|T"),
    ("embed_tokens.weight", "embedding", "|"),
]


def key_map(names: str) -> str:
    """Gives, for each line of `names`, the path of a tensor in the Flax model and whether it is transposed."""
    return "\n".join(place(name) for name in names.splitlines())


def place(name: str) -> str:
    """The line for one name."""
    for ending, last, flag in RULES:
        # `endswith`, because `re.match` would also accept q_proj.weight_scale_inv, which is another tensor.
        if name.endswith(ending):
            # "weight" is always the last part; the rule has its new name.
            parts = [numbered(part) for part in name.split(".")[:-1]] + [last]
            return "/".join(parts) + flag

    # Saying so is better than a guess: nothing is written to a place where it does not belong.
    return "no rule"


def numbered(part: str) -> str:
    """A part of a path: a position in a list is a number in Flax, everything else is text."""
    # The whole part must be a number: "10" is one, "tower2" is not.
    return "#" + part if part.isdigit() else part
