"""Sends its output twice.

expect: did not finish | exited 0
within: 12
"""

import os
import struct


def block(data):
    return struct.pack("<I", len(data)) + data


def f(case, x):
    calls = block(b"\x02" + struct.pack("<I", 0))
    os.write(3, calls + block(b"\x03\x00\x00" + block(struct.pack("<ff", 8, 9))))
    return x
