"""Starts threads that take so little memory that no limit on memory is soon reached.

expect: raised | out of time
within: 25
"""

import threading
import time


def f(case, x):
    threading.stack_size(1 << 16)
    count = 0
    try:
        while True:
            threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
            count += 1
    except RuntimeError as error:
        raise RuntimeError(f"{count} threads") from error
