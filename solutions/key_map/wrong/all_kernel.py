"""Calls every weight a kernel and transposes it."""


def key_map(names: str) -> str:
    return "\n".join(place(name) for name in names.splitlines())


def place(name: str) -> str:
    parts = name.replace("weight", "kernel").split(".")
    return "/".join("#" + part if part.isdigit() else part for part in parts) + "|T"
