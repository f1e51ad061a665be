"""Computes a number of a billion digits.

expect: out of time | raised
within: 12
"""

def f(case, x):
    return 10 ** (10**9)
