"""Maps memory without end.

expect: raised | out of memory
within: 20
"""

import mmap


def f(case, x):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 1 << 26, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
