"""Searches everything that the process holds for the word that only the runner knows.

expect: passed
within: 25
"""

import gc
import os
import sys

WORD = "".join(reversed("@REVERSED@"))


def texts():
    frame = sys._getframe()
    while frame is not None:
        yield from map(repr, frame.f_locals.values())
        frame = frame.f_back
    for found in gc.get_objects():
        if type(found) is dict:
            for key, value in list(found.items()):
                for part in (key, value):
                    if type(part) in (str, bytes):
                        yield str(part)
        elif type(found) in (list, tuple, set):
            for part in list(found):
                if type(part) in (str, bytes):
                    yield str(part)
    yield from (f"{name}={value}" for name, value in os.environ.items())
    yield from sys.argv


def f(case, x):
    seen = 0
    for text in texts():
        # The word itself is in this process only because it was written backwards.
        if WORD in text and text != WORD:
            raise AssertionError(f"escaped: {text[:200]}")
        seen += 1
    assert seen > 10_000, seen
    return x
