"""Ends the process as if all were well.

expect: exited 0
within: 12
"""

import os


def f(case, x):
    os._exit(0)
