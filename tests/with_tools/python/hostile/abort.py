"""Aborts.

expect: aborted
within: 12
"""

import os


def f(case, x):
    os.abort()
