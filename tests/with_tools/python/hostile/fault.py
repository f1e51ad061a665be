"""Reads where there is nothing.

expect: crashed 11
within: 12
"""

import ctypes


def f(case, x):
    ctypes.string_at(8)
