"""Takes the layer's path from a group of a pattern, and the dot after it is not escaped."""

import re

RULES = [
    ("(.*norm).weight", "scale", "|"),
    ("(.*proj).weight", "kernel", "|T"),
    ("(.*lm_head).weight", "kernel", "|T"),
    ("(.*embed_tokens).weight", "embedding", "|"),
]


def key_map(names: str) -> str:
    return "\n".join(place(name) for name in names.splitlines())


def place(name: str) -> str:
    for pattern, last, flag in RULES:
        # The mistake: in a pattern, a dot is any character.
        if match := re.fullmatch(pattern, name):
            parts = [numbered(part) for part in match[1].split(".")] + [last]
            return "/".join(parts) + flag

    return "no rule"


def numbered(part: str) -> str:
    return "#" + part if part.isdigit() else part
