"""Returns an array of a class that ends the process when it is converted.

expect: exited 0 | raised | unusable
within: 12
"""

import os

import numpy as np


class Bomb(np.ndarray):
    def __array_finalize__(self, other):
        os._exit(0)

    @property
    def __class__(self):
        os._exit(0)


def f(case, x):
    return np.ones(2, np.float32).view(Bomb)
