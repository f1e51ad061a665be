"""Compares the expected output of every case with real libraries.

`run` calls it. It reads `katas/<id>/kata.yaml` and `solutions/<id>/hidden.yaml`, computes each case with the function in
`references/<id>.py` (only JAX, Flax and NumPy), runs the Python solution, and looks up the case in `recorded/<id>.json`,
which contains values of PyTorch, transformers and others. It writes no file: the author of a case decides on its values.

    run [KATA..]          check only these katas
    run --print KATA      print the reference's result for each case, in the format of a spec
    run --lazy [KATA..]   also check that lazy answers fail a shown case (lazy.py); this takes minutes
"""

import argparse
import importlib.util
import json
import sys
from pathlib import Path

import flax
import jax
import jaxlib
import numpy as np
import yaml

import lazy
import values

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# PyTorch's values for the first katas, which nnx's own tests use too.
TRUTH = ROOT / "nnx" / "tests" / "truth"


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("katas", nargs="*", metavar="KATA")
    words.add_argument("--print", action="store_true")
    words.add_argument("--lazy", action="store_true")
    words = words.parse_args()
    all_katas = sorted(path.parent.name for path in ROOT.glob("katas/*/kata.yaml"))
    unknown = set(words.katas) - set(all_katas)
    if unknown:
        sys.exit(f"no such kata: {', '.join(sorted(unknown))}")
    print(f"jax {jax.__version__}, jaxlib {jaxlib.__version__}, flax {flax.__version__}, "
          f"numpy {np.__version__}, Python {sys.version.split()[0]}, {jax.default_backend()}")
    counts = {"cases": 0, "recorded": 0, "solved": 0, "problems": 0}
    for kata in words.katas or all_katas:
        print(f"\n{kata}")
        Kata(kata).check(counts, words.print, words.lazy)
    print(f"\n{counts['cases']} cases checked, {counts['recorded']} of them also recorded, "
          f"{counts['solved']} also solved in Python; {counts['problems']} problems")
    return 1 if counts["problems"] or not counts["cases"] or not counts["solved"] else 0


class Kata:
    """One kata with all sources of its correct outputs."""

    def __init__(self, name):
        self.folder, self.solutions = ROOT / "katas" / name, ROOT / "solutions" / name
        self.spec = read(self.folder / "kata.yaml")
        hidden = self.solutions / "hidden.yaml"
        self.hidden = read(hidden)["expect"] if hidden.exists() else {}
        self.reference = HERE / "references" / f"{name}.py"
        self.recorded = recorded(name)

    def check(self, counts, prints, is_lazy):
        problems = names_differ(self.spec, self.hidden)
        if self.reference.exists():
            function = getattr(load(self.reference), self.spec["function"])
        else:
            function = None
            problems.append(f"there is no {self.reference.relative_to(ROOT)}")
        solution = self.solutions / "solution.py"
        solved = getattr(load(solution), self.spec["function"]) if solution.exists() else None
        kind = self.spec["returns"]
        for case in self.spec["cases"]:
            name = case["name"]
            given = {key: values.from_yaml(kind, case["given"][key], self.folder) for key, kind in self.spec["params"].items()}
            arguments = {key: values.argument(self.spec["params"][key], value) for key, value in given.items()}
            found = {}
            if function is not None:
                found["real"] = values.of_result(kind, function(**arguments))
            if prints:
                print(f"  {name}: {values.written(kind, found['real'])}")
                continue
            text = self.hidden.get(name) if is_hidden(case) else case.get("expect")
            if text is None:
                problems.append(f"{name!r} has no expected output")
                continue
            expected = values.from_yaml(kind, text, self.folder if not is_hidden(case) else self.solutions)
            if solved is not None:
                arguments = {key: values.argument(self.spec["params"][key], value) for key, value in given.items()}
                found["solution"] = values.of_result(kind, solved(**arguments))
                counts["solved"] += 1
            # Arguments by value and by position: a recorded file may have different names for them.
            once = self.recorded.get(tuple(given.values()))
            if once is not None:
                found["recorded"] = once
                counts["recorded"] += 1
            counts["cases"] += 1
            wrong = {who: value for who, value in found.items() if not values.agrees(self.spec, kind, expected, value)}
            mark = "DIFFERS" if wrong else "agrees with " + ", ".join(found)
            print(f"  {name:<32} {'hidden' if is_hidden(case) else 'shown':<7} {len(expected):>4} values: {mark}")
            if wrong:
                lines = [f"    expected  {values.written(kind, expected)}"]
                lines += [f"    {who:<9} {values.written(kind, value)}" for who, value in wrong.items()]
                problems.append("\n".join([name, *lines]))
        if is_lazy and function is not None:
            problems += lazy.passes(self, function)
        for problem in problems:
            print(f"  error: {problem}")
        counts["problems"] += len(problems)


def recorded(kata):
    """The recorded outputs of a kata, by the inputs in order."""
    outputs = {}
    path = HERE / "recorded" / f"{kata}.json"
    if path.exists():
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            inputs = [values.from_recorded(value, path.parent) for value in case["inputs"].values()]
            outputs[tuple(inputs)] = values.from_recorded(case["expected"], path.parent)
    if kata == "hf_load":
        for case in json.loads((TRUTH / "hf_load.json").read_text(encoding="utf-8"))["cases"]:
            inputs = [values.from_recorded(value, TRUTH) for value in case["inputs"].values()]
            outputs[tuple(inputs)] = values.from_recorded(case["expected"], TRUTH)
    return outputs


def names_differ(spec, hidden):
    """Returns what is wrong with the names in hidden.yaml."""
    wanted = {case["name"] for case in spec["cases"] if is_hidden(case)}
    missing = [f"hidden.yaml has no {name!r}" for name in sorted(wanted - set(hidden))]
    extra = [f"there is no hidden case {name!r}" for name in sorted(set(hidden) - wanted)]
    told = [f"{case['name']!r} is hidden and has its expected output in kata.yaml"
            for case in spec["cases"] if is_hidden(case) and "expect" in case]
    return missing + extra + told


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


if __name__ == "__main__":
    sys.exit(main())
