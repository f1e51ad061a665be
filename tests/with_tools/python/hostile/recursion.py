"""Recurs without end.

expect: raised
within: 12
"""

def f(case, x):
    return f(case, x)
