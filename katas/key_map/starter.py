def key_map(names: str) -> str:
    """Returns, for each line of `names`, the path of a tensor in the Flax model and whether it is transposed.

    Each line is like `model/layers/#0/mlp/up_proj/kernel|T`, or `no rule`.
    """
    return "\n".join(place(name) for name in names.splitlines())


def place(name: str) -> str:
    """The line for one name."""
    parts = name.split(".")

    raise NotImplementedError(f"find the rule for {name!r} and write the path of {parts}")
