"""Starts threads without end.

expect: raised
within: 20
"""

import threading
import time


def f(case, x):
    while True:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
