"""Stops itself, as Ctrl-Z does.

expect: raised
within: 12
"""

import os
import signal


def f(case, x):
    signal.raise_signal(signal.SIGSTOP)
    return x
