"""Announces a record of four gigabytes.

expect: did not finish | exited 0
within: 12
"""

import os


def f(case, x):
    os.write(3, b"\xff\xff\xff\xff\x03")
    os._exit(0)
