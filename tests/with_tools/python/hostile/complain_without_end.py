"""Writes to the other descriptor of prints without end.

expect: too much output
within: 12
"""

import os


def f(case, x):
    while True:
        os.write(2, b"x" * 100)
