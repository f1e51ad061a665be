"""Sends a complete run with a nonce that it made up.

expect: did not finish | exited 0
within: 12
"""

import os
import struct


def block(data):
    return struct.pack("<I", len(data)) + data


def f(case, x):
    calls = block(b"\x02" + struct.pack("<I", 0))
    returned = block(b"\x03\x00\x00" + block(struct.pack("<ff", 1, 2)))
    os.write(3, calls + returned + block(b"\x05" + bytes(16)))
    os._exit(0)
