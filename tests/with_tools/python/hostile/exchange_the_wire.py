"""Puts a different file where the results go.

expect: did not finish | exited 1 | exited 120 | raised
within: 12
"""

import os


def f(case, x):
    os.close(3)
    assert os.open("/dev/urandom", os.O_RDONLY) == 3
    return x
