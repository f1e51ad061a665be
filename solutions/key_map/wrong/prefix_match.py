"""Accepts what only begins like a rule."""

import re

RULES = [
    ("norm.weight", "scale", "|"),
    ("proj.weight", "kernel", "|T"),
    ("lm_head.weight", "kernel", "|T"),
    ("embed_tokens.weight", "embedding", "|"),
]


def key_map(names: str) -> str:
    return "\n".join(place(name) for name in names.splitlines())


def place(name: str) -> str:
    for ending, last, flag in RULES:
        if re.match(".*" + re.escape(ending), name):
            parts = [numbered(part) for part in name.split(".")[:-1]] + [last]
            return "/".join(parts) + flag

    return "no rule"


def numbered(part: str) -> str:
    return "#" + part if part.isdigit() else part
