"""Counts without end before there is a function.

expect: out of time
within: 12
"""

while True:
    pass


def f(case, x):
    return x
