"""Sends records while it is imported, before any case has begun.

expect: did not finish | exited 0
within: 12
"""

import os
import struct


def block(data):
    return struct.pack("<I", len(data)) + data


os.write(3, block(b"\x01" + struct.pack("<I", 0)) + block(b"\x05" + bytes(16)))
os._exit(0)


def f(case, x):
    return x
