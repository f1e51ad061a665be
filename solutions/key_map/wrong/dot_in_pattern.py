"""Looks for the endings as patterns, with dots that are not escaped."""

import re

RULES = [
    (".*norm.weight", "scale", "|"),
    (".*proj.weight", "kernel", "|T"),
    (".*lm_head.weight", "kernel", "|T"),
    (".*embed_tokens.weight", "embedding", "|"),
]


def key_map(names: str) -> str:
    return "\n".join(place(name) for name in names.splitlines())


def place(name: str) -> str:
    for pattern, last, flag in RULES:
        # The mistake: in a pattern, a dot is any character.
        if re.fullmatch(pattern, name):
            parts = [numbered(part) for part in name.split(".")[:-1]] + [last]
            return "/".join(parts) + flag

    return "no rule"


def numbered(part: str) -> str:
    return "#" + part if part.isdigit() else part
