"""Allocates without end.

expect: raised | out of memory
within: 20
"""

def f(case, x):
    kept = []
    while True:
        kept.append(bytearray(1 << 24))
