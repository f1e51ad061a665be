"""Compares the expected output of every case with real libraries.

`run` calls it. It reads `katas/<id>/kata.yaml` and `solutions/<id>/hidden.yaml`, computes each case with the function in
`references/<id>.py` (only JAX, Flax and NumPy), runs the Python solution, and looks up the case in `recorded/<id>.json`,
which contains values of PyTorch, transformers and others. It writes no file: the author of a case decides about its values.

    run [KATA..]          check only these katas
    run --print KATA      print the reference's result for each case, in the format of a spec
    run --lazy [KATA..]   also check that lazy answers fail a shown case (lazy.py); this takes minutes
"""

import argparse
import sys
from pathlib import Path

import flax
import jax
import jax.numpy as jnp
import jaxlib
import numpy as np

import lazy
import values
from kata import ROOT, Kata, names

REFERENCES = Path(__file__).resolve().parent / "references"


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("katas", nargs="*", metavar="KATA")
    words.add_argument("--print", action="store_true")
    words.add_argument("--lazy", action="store_true")
    words = words.parse_args()
    katas = names(words.katas)
    print(f"jax {jax.__version__}, jaxlib {jaxlib.__version__}, flax {flax.__version__}, "
          f"numpy {np.__version__}, Python {sys.version.split()[0]}, {jax.default_backend()}")
    counts = {"cases": 0, "recorded": 0, "solved": 0, "problems": 0}
    for name in katas:
        print(f"\n{name}")
        check(Kata(name), counts, words.print, words.lazy)
    print(f"\n{counts['cases']} cases checked, {counts['recorded']} of them also recorded, "
          f"{counts['solved']} also solved in Python; {counts['problems']} problems")
    return 1 if counts["problems"] or not counts["cases"] or not counts["solved"] else 0


def check(kata, counts, prints, is_lazy):
    problems = kata.names_differ()
    path = REFERENCES / f"{kata.name}.py"
    reference = kata.program(path, array)
    if reference is None:
        problems.append(f"there is no {path.relative_to(ROOT)}")
    solution = kata.program(kata.solutions / "solution.py", array)
    recorded = kata.recorded()
    for case in kata.cases():
        found = {}
        if reference is not None:
            found["real"] = reference(case.given)
        if prints:
            print(f"  {case.name}: {values.written(kata.spec['returns'], found['real'])}")
            continue
        if case.expected is None:
            problems.append(f"{case.name!r} has no expected output")
            continue
        if solution is not None:
            found["solution"] = solution(case.given)
            counts["solved"] += 1
        once = recorded.get(tuple(case.given.values()))
        if once is not None:
            found["recorded"] = once
            counts["recorded"] += 1
        counts["cases"] += 1
        problems += kata.compare(case, found)
    if is_lazy and reference is not None:
        problems += lazy.passes(kata, reference)
    for problem in problems:
        print(f"  error: {problem}")
    counts["problems"] += len(problems)


def array(numpy):
    """A JAX array, or the NumPy array itself if it is 64 bits wide: JAX without x64 truncates those to 32 bits."""
    return numpy if numpy.dtype.itemsize == 8 else jnp.asarray(numpy)


if __name__ == "__main__":
    sys.exit(main())
