"""The laziest wrong answers to a kata: one ignores an input, one hard-codes its value from a shown case, one repeats an output.

`run --lazy` calls it. An answer with a constant for an input is the reference, called with that constant. Every such answer must
fail a shown case, so that nobody passes who has read no more than the cases.
"""

from itertools import combinations

import values

# The initial weights are all replaced, so the correct output does not depend on their seed.
WITHOUT_EFFECT = {("hf_load", "seed")}


def passes(kata, function):
    """What is wrong with the cases of a kata, one line for each problem."""
    cases = [(case["given"], expected(kata, case)) for case in kata.spec["cases"] if case.get("hidden", "false") != "true"]
    cases = [(given_values(kata, given), output) for given, output in cases]
    for name, kind in kata.spec["params"].items():
        if (kata.folder.name, name) in WITHOUT_EFFECT:
            continue
        constants = {given[name] for given, _ in cases} | {nothing(cases[0][0][name])}
        for constant in sorted(constants, key=repr):
            if all(is_right(kata, function, given | {name: constant}, output) for given, output in cases):
                yield f"every shown case passes with {name} = {values.written(kind, constant)}"
    outputs = [output for _, output in cases]
    if isinstance(outputs[0], tuple) and len(set(map(len, outputs))) == 1:
        places = list(zip(*outputs))
        yield from (f"output {place} is the same in every shown case" for place, column in enumerate(places) if len(set(column)) == 1)
        yield from (f"outputs {a} and {b} are equal in every shown case"
                    for (a, one), (b, other) in combinations(enumerate(places), 2) if one == other)


def expected(kata, case):
    return values.from_yaml(kata.spec["returns"], case["expect"], kata.folder)


def given_values(kata, given):
    return {name: values.from_yaml(kind, given[name], kata.folder) for name, kind in kata.spec["params"].items()}


def nothing(value):
    """Zeros, or empty text or bytes."""
    return (0,) * len(value) if isinstance(value, tuple) else type(value)()


def is_right(kata, function, given, output):
    kinds = kata.spec["params"]
    try:
        result = function(**{name: values.argument(kinds[name], value) for name, value in given.items()})
        return values.agrees(kata.spec, kata.spec["returns"], output, values.of_result(kata.spec["returns"], result))
    # A wrong size may break the reference in any way, which no answer survives either.
    except (Exception, SystemExit):
        return False
