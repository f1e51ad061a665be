"""Writes to what the host holds open, so that the runner gives the host up and judges nobody.

expect: passed
within: 10
"""

import os


def f(case, x):
    reached = []
    for process in {os.getppid(), *range(max(1, os.getpid() - 50), os.getpid())}:
        for descriptor in range(64):
            try:
                file = os.open(f"/proc/{process}/fd/{descriptor}", os.O_WRONLY | os.O_NONBLOCK)
                os.write(file, b"X" * 64)
            except OSError:
                continue
            reached.append((process, descriptor))
    assert not reached, f"escaped: {reached}"
    return x
