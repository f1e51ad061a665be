"""Ends the process before there is a function.

expect: exited 0
within: 12
"""

import os

os._exit(0)


def f(case, x):
    return x
