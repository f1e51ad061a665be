"""Recurs without end, and tells Python not to mind.

expect: crashed 11 | stack overflow | raised | out of memory | out of time
within: 20
"""

import sys


class Deep:
    def __repr__(self):
        return repr(self)


def f(case, x):
    sys.setrecursionlimit(1 << 30)
    return repr(Deep())
