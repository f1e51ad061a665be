"""Signals itself.

expect: raised
within: 12
"""

import os
import signal


def f(case, x):
    signal.raise_signal(signal.SIGTERM)
    return x
