"""Copies standard output over the descriptor of the results.

expect: raised
within: 12
"""

import os


def f(case, x):
    os.dup2(1, 3)
    return x
