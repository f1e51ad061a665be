"""Raises while the driver asks what an exception says, and what the next one says.

expect: raised
within: 12
"""

class Bomb(Exception):
    def __str__(self):
        raise Bomb


def f(case, x):
    raise Bomb from Bomb()
