"""Looks for a word somewhere in the name."""

WORDS = [
    ("norm", "scale", "|"),
    ("embed", "embedding", "|"),
    ("proj", "kernel", "|T"),
    ("lm_head", "kernel", "|T"),
]


def key_map(names: str) -> str:
    return "\n".join(place(name) for name in names.splitlines())


def place(name: str) -> str:
    for word, last, flag in WORDS:
        # The mistake: the word decides, wherever it is.
        if word in name and name.endswith(".weight"):
            parts = [numbered(part) for part in name.split(".")[:-1]] + [last]
            return "/".join(parts) + flag

    return "no rule"


def numbered(part: str) -> str:
    return "#" + part if part.isdigit() else part
