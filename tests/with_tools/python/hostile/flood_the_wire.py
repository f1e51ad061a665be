"""Sends bytes without end.

expect: too large a result
within: 12
"""

import os


def f(case, x):
    while True:
        os.write(3, bytes(100_000))
