"""Counts without end.

expect: out of time
within: 12
"""

def f(case, x):
    n = 1
    while True:
        n += 1
