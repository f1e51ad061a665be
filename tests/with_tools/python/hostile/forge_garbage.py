"""Puts bytes that are not a record between the driver's.

expect: did not finish
within: 12
"""

import os


def f(case, x):
    os.write(3, b"\xff" * 100)
    return x
