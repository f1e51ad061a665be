"""Keeps the process from ending: threads, handlers at exit, finalizers.

expect: passed
within: 12
"""

import atexit
import threading
import time
import weakref


def forever():
    while True:
        time.sleep(1)


class Kept:
    def __del__(self):
        forever()


KEPT = Kept()


def f(case, x):
    atexit.register(forever)
    threading._register_atexit(forever)
    weakref.finalize(f, forever)
    threading.Thread(target=forever).start()
    return x
