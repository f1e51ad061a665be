"""Nests its text so deeply that no parser follows.

expect: refused
within: 30
"""

def f(case, x):
    return @DEEP@x
