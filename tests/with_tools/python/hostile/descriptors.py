"""Looks for descriptors besides its own four, and writes what the host would obey.

expect: passed
within: 12
"""

import os


def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def f(case, x):
    found = [number for number in range(1024) if is_open(number)]
    for number in range(4, 1024):
        for message in (b"reap", b"ready", b"\0" * 4):
            try:
                os.write(number, message)
            except OSError:
                continue
            found.append(-number)
    assert found == [0, 1, 2, 3], f"escaped: {found}"
    assert os.read(0, 1) == b"", "escaped: there was more to read"
    return x
