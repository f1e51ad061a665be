"""Ends the process while the driver asks what an exception says.

expect: exited 0
within: 12
"""

import os


class Bomb(Exception):
    def __str__(self):
        os._exit(0)


def f(case, x):
    raise Bomb
