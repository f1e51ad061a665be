"""Compares the expected outputs with what PyTorch, transformers, safetensors and Keras Hub compute.

`run` calls it. It computes each case, shown or hidden, with the function in `references/<id>.py`, which only calls these
libraries, and looks up the case in `expected_from_flax/recorded/<id>.json`. It writes no file.

    run [KATA..]          check only these katas
    run --print KATA      print the reference's result for each case, in the format of a spec

`SKIPPED` in a reference names the cases that its library cannot express, with the reason. `LEFT_OUT` names the katas that have
no reference, because their right answer comes from Flax alone.
"""

import argparse
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
import transformers

import values
from kata import ROOT, Kata, label, names

REFERENCES = Path(__file__).resolve().parent / "references"
LEFT_OUT = {
    "abstract_init": "the report lists the leaves of an nnx state, in its order",
    "shared_variables": "what nnx.split, nnx.merge and nnx.clone share",
    "split_merge": "nnx.split and nnx.merge of a layer with Flax's initial values",
    "state_translation": "nnx against Linen, with Flax's initial values",
}


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("katas", nargs="*", metavar="KATA")
    words.add_argument("--print", action="store_true")
    words = words.parse_args()
    katas = names(words.katas)
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, safetensors {version('safetensors')}, "
          f"keras-hub {version('keras-hub')}, numpy {np.__version__}, Python {sys.version.split()[0]}, cpu")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    torch.set_grad_enabled(False)
    counts = {"cases": 0, "recorded": 0, "skipped": 0, "left out": 0, "problems": 0}
    for name in katas:
        print(f"\n{name}")
        check(Kata(name), counts, words.print)
    print(f"\n{counts['cases']} cases checked, {counts['recorded']} of them also recorded; {counts['skipped']} cases skipped, "
          f"{counts['left out']} katas left out; {counts['problems']} problems")
    return 1 if counts["problems"] or not counts["cases"] else 0


def check(kata, counts, prints):
    path = REFERENCES / f"{kata.name}.py"
    reference = kata.program(path, torch.from_numpy)
    if reference is None and kata.name in LEFT_OUT:
        print(f"  left out: {LEFT_OUT[kata.name]}")
        counts["left out"] += 1
        return
    problems = kata.names_differ()
    if reference is None or kata.name in LEFT_OUT:
        problems.append(f"either {path.relative_to(ROOT)} or a reason in LEFT_OUT is needed, but not both")
    if reference is not None:
        problems += compared(kata, reference, counts, prints)
    for problem in problems:
        print(f"  error: {problem}")
    counts["problems"] += len(problems)


def compared(kata, reference, counts, prints):
    """Compares all cases. Returns a list of problems."""
    skipped, recorded, cases, problems = getattr(reference.module, "SKIPPED", {}), kata.recorded(), list(kata.cases()), []
    problems += [f"there is no case {name!r} to skip" for name in sorted(skipped.keys() - {case.name for case in cases})]
    for case in cases:
        if case.expected is None:
            problems.append(f"{case.name!r} has no expected output")
        elif case.name in skipped:
            print(f"{label(case)} skipped: {skipped[case.name]}")
            counts["skipped"] += 1
            if is_right(kata, case, reference):
                problems.append(f"{case.name!r} is skipped, but the reference agrees")
        elif prints:
            print(f"  {case.name}: {values.written(kata.spec['returns'], reference(case.given))}")
        else:
            counts["cases"] += 1
            try:
                found = {"real": reference(case.given)}
            except Exception as error:
                problems.append(f"{case.name!r} makes the reference fail: {error!r}")
                continue
            once = recorded.get(tuple(case.given.values()))
            if once is not None:
                found["recorded"] = once
                counts["recorded"] += 1
            problems += kata.compare(case, found)
    return problems


def is_right(kata, case, reference):
    """Whether the reference agrees on a skipped case, on which it may also fail."""
    try:
        return kata.agrees(case, reference(case.given))
    except (Exception, SystemExit):
        return False


if __name__ == "__main__":
    sys.exit(main())
