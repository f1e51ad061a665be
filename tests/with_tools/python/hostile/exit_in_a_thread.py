"""Ends the process from another thread, after the driver went on.

expect: exited 0 | passed
within: 12
"""

import os
import threading


def f(case, x):
    threading.Timer(0.0, os._exit, [0]).start()
    return x
