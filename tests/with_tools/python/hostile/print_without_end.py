"""Prints without end.

expect: too much output
within: 12
"""

def f(case, x):
    while True:
        print("x" * 1000)
