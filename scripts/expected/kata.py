"""A kata with its cases, the programs that compute them, and the comparison of their results.

The scripts `expected_from_flax` and `expected_from_torch` use it; each decides which programs must agree. Nothing here writes a
file: the author of a case decides on its values.
"""

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

import values

ROOT = Path(__file__).resolve().parent.parent.parent
RECORDED = ROOT / "scripts" / "expected_from_flax" / "recorded"
# PyTorch's values for the first katas, which nnx's own tests use too.
TRUTH = ROOT / "nnx" / "tests" / "truth"


@dataclass
class Case:
    """One case; `expected` is `None` if it has no expected output."""

    name: str
    given: dict
    expected: str | bytes | tuple | None
    is_hidden: bool


class Kata:
    """The spec of one kata, with the expected outputs of its hidden cases."""

    def __init__(self, name):
        self.name = name
        self.folder, self.solutions = ROOT / "katas" / name, ROOT / "solutions" / name
        self.spec = read(self.folder / "kata.yaml")
        hidden = self.solutions / "hidden.yaml"
        self.hidden = read(hidden)["expect"] if hidden.exists() else {}

    def cases(self):
        """The cases, in the order of the spec."""
        for case in self.spec["cases"]:
            given = {name: values.from_yaml(kind, case["given"][name], self.folder) for name, kind in self.spec["params"].items()}
            text = self.hidden.get(case["name"]) if is_hidden(case) else case.get("expect")
            folder = self.solutions if is_hidden(case) else self.folder
            expected = None if text is None else values.from_yaml(self.spec["returns"], text, folder)
            yield Case(case["name"], given, expected, is_hidden(case))

    def program(self, path, array):
        """The kata's function in a Python file, or `None` if there is no file. `array` converts NumPy arrays for the function."""
        return Program(path, self.spec, array) if path.exists() else None

    def agrees(self, case, found):
        return values.agrees(self.spec, self.spec["returns"], case.expected, found)

    def compare(self, case, found):
        """Prints whether the results of all programs, keyed by program name, are right. Returns a list of problems."""
        kind = self.spec["returns"]
        wrong = {who: value for who, value in found.items() if not self.agrees(case, value)}
        print(f"{label(case)} {len(case.expected):>4} values: {'DIFFERS' if wrong else 'agrees with ' + ', '.join(found)}")
        if not wrong:
            return []
        lines = [f"    expected  {values.written(kind, case.expected)}"]
        lines += [f"    {who:<9} {values.written(kind, value)}" for who, value in wrong.items()]
        return ["\n".join([case.name, *lines])]

    def recorded(self):
        """The recorded outputs, keyed by the inputs in order, because a recorded file may have other names for the inputs."""
        outputs = {}
        for folder in (RECORDED, TRUTH) if self.name == "hf_load" else (RECORDED,):
            path = folder / f"{self.name}.json"
            for case in json.loads(path.read_text(encoding="utf-8"))["cases"] if path.exists() else ():
                inputs = [values.from_recorded(value, folder) for value in case["inputs"].values()]
                outputs[tuple(inputs)] = values.from_recorded(case["expected"], folder)
        return outputs

    def names_differ(self):
        """Returns what is wrong with the names in hidden.yaml."""
        wanted = {case["name"] for case in self.spec["cases"] if is_hidden(case)}
        missing = [f"hidden.yaml has no {name!r}" for name in sorted(wanted - set(self.hidden))]
        extra = [f"there is no hidden case {name!r}" for name in sorted(set(self.hidden) - wanted)]
        told = [f"{case['name']!r} is hidden and has its expected output in kata.yaml"
                for case in self.spec["cases"] if is_hidden(case) and "expect" in case]
        return missing + extra + told


class Program:
    """A kata's function in a Python file, which takes the canonical values of a case and returns the canonical result."""

    def __init__(self, path, spec, array):
        self.module = load(path)
        self.function = getattr(self.module, spec["function"])
        self.params, self.returns, self.array = spec["params"], spec["returns"], array

    def __call__(self, given):
        arguments = {name: values.argument(self.params[name], value) for name, value in given.items()}
        arguments = {name: self.array(value) if isinstance(value, np.ndarray) else value for name, value in arguments.items()}
        return values.of_result(self.returns, self.function(**arguments))


def names(wanted):
    """The names of the wanted katas, or of all. Exits if one of them does not exist."""
    every = sorted(path.parent.name for path in ROOT.glob("katas/*/kata.yaml"))
    unknown = set(wanted) - set(every)
    if unknown:
        raise SystemExit(f"no such kata: {', '.join(sorted(unknown))}")
    return wanted or every


def label(case):
    return f"  {case.name:<32} {'hidden' if case.is_hidden else 'shown':<7}"


def is_hidden(case):
    return case.get("hidden", "false") == "true"


def read(path):
    """A YAML file with all numbers as text: a YAML float may have lost bits, and 0x3f800000 would be an integer."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def load(path):
    """The module in a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
