"""Starts processes.

expect: passed
within: 12
"""

import ctypes
import multiprocessing
import os
import pty
import subprocess

libc = ctypes.CDLL(None, use_errno=True)


def call(*arguments):
    ctypes.set_errno(0)
    if libc.syscall(*arguments) == -1:
        raise OSError(ctypes.get_errno(), "syscall")


tries = {
    "fork": os.fork,
    "forkpty": pty.fork,
    "vfork": lambda: call(58),
    "clone": lambda: call(56, 17, 0, 0, 0, 0),
    "clone with memory": lambda: call(56, 0x100 | 17, 0, 0, 0, 0),
    "clone of another namespace": lambda: call(56, 0x10000000 | 17, 0, 0, 0, 0),
    "clone3": lambda: call(435, ctypes.create_string_buffer(88), 88),
    "exec": lambda: os.execv("/bin/sh", ["sh", "-c", "true"]),
    "execveat": lambda: call(322, -100, b"/bin/sh", 0, 0, 0),
    "subprocess": lambda: subprocess.run(["/bin/true"], check=True),
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "multiprocessing": lambda: multiprocessing.Process(target=print).start(),
    "system": lambda: [][os.system("true")] if os.system("true") == 0 else os.fork(),
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
