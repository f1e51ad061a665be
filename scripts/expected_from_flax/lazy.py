"""The laziest wrong answers to a kata: one ignores an input, one hard-codes its value from a shown case, one repeats an output.

`run --lazy` calls it. An answer with a constant for an input is the reference, called with that constant. Every such answer must
fail a shown case, so that nobody who has read only the cases can pass.
"""

from itertools import combinations

import values

# The initial weights are all replaced, so the correct output does not depend on their seed.
WITHOUT_EFFECT = {("hf_load", "seed")}


def passes(kata, reference):
    """What is wrong with the cases of a kata, one line for each problem."""
    cases = [(case.given, case.expected) for case in kata.cases() if not case.is_hidden]
    for name, kind in kata.spec["params"].items():
        if (kata.name, name) in WITHOUT_EFFECT:
            continue
        constants = {given[name] for given, _ in cases} | {nothing(cases[0][0][name])}
        for constant in sorted(constants, key=repr):
            if all(is_right(kata, reference, given | {name: constant}, output) for given, output in cases):
                yield f"every shown case passes with {name} = {values.written(kind, constant)}"
    outputs = [output for _, output in cases]
    if isinstance(outputs[0], tuple) and len(set(map(len, outputs))) == 1:
        places = list(zip(*outputs))
        yield from (f"output {place} is the same in every shown case" for place, column in enumerate(places) if len(set(column)) == 1)
        yield from (f"outputs {a} and {b} are equal in every shown case"
                    for (a, one), (b, other) in combinations(enumerate(places), 2) if one == other)


def nothing(value):
    """Zeros, or empty text or bytes."""
    return (0,) * len(value) if isinstance(value, tuple) else type(value)()


def is_right(kata, reference, given, output):
    try:
        return values.agrees(kata.spec, kata.spec["returns"], output, reference(given))
    # A wrong size may break the reference in any way; it would break an answer too.
    except (Exception, SystemExit):
        return False
