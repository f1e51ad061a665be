"""Reads and writes the host by the calls of debuggers.

expect: passed
within: 12
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def call(*arguments):
    ctypes.set_errno(0)
    if libc.syscall(*arguments) == -1:
        raise OSError(ctypes.get_errno(), "syscall")


host = os.getppid()
buffer = ctypes.create_string_buffer(16)

tries = {
    "attach": lambda: call(101, 16, host, 0, 0),
    "seize": lambda: call(101, 0x4206, host, 0, 0),
    "trace me": lambda: call(101, 0, 0, 0, 0),
    "read": lambda: call(310, host, buffer, 1, buffer, 1, 0),
    "write": lambda: call(311, host, buffer, 1, buffer, 1, 0),
    "descriptor": lambda: call(438, 3, 0, 0),
    "compare": lambda: call(312, host, os.getpid(), 0, 0, 0),
    "dumpable": lambda: call(157, 4, 1, 0, 0, 0),
    "tracer": lambda: call(157, 0x59616D61, host, 0, 0, 0),
}

escaped = []
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        del error
        continue
    escaped.append(name)


def f(case, x):
    assert not escaped, f"escaped: {escaped}"
    return x
