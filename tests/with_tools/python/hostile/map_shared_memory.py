"""Maps memory that is not counted as its own, and fills it.

expect: raised | out of memory | crashed 7
within: 20
"""

import mmap


def f(case, x):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 1 << 26))
        kept[-1].write(b"x" * (1 << 26))
