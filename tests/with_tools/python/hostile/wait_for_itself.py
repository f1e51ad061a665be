"""Waits for a lock that only it could release.

expect: out of time
within: 12
"""

import threading


def f(case, x):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
