"""Matches a pattern that takes exponential time.

expect: out of time
within: 12
"""

import re


def f(case, x):
    re.match("(a+)+$", "a" * 60 + "b")
    return x
