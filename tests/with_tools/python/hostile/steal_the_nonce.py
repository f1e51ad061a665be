"""Finds the nonce in the frames above and sends a complete run with an output of its own.

expect: wrong
within: 12
"""

import os
import struct
import sys


def block(data):
    return struct.pack("<I", len(data)) + data


def f(case, x):
    frame = sys._getframe()
    while "wanted" not in frame.f_locals:
        frame = frame.f_back
    nonce = frame.f_locals["wanted"].nonce
    calls = block(b"\x02" + struct.pack("<I", 0))
    returned = block(b"\x03\x00\x00" + block(struct.pack("<ff", 8, 9)))
    os.write(3, calls + returned + block(b"\x05" + nonce))
    os._exit(0)
