"""Sleeps.

expect: out of time
within: 12
"""

import time


def f(case, x):
    time.sleep(1000)
