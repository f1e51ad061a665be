"""Signals the host, the runner and everybody.

expect: passed
within: 12
"""

import ctypes
import fcntl
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)


def call(*arguments):
    ctypes.set_errno(0)
    if libc.syscall(*arguments) == -1:
        raise OSError(ctypes.get_errno(), "syscall")


host, own = os.getppid(), os.getpid()

tries = {
    "the host": lambda: os.kill(host, signal.SIGKILL),
    "the host, nothing": lambda: os.kill(host, 0),
    "the host's group": lambda: os.killpg(host, signal.SIGKILL),
    "one's own group": lambda: os.kill(0, signal.SIGTERM),
    "the runner": lambda: os.kill(@RUNNER@, signal.SIGTERM),
    "everybody": lambda: os.kill(-1, signal.SIGTERM),
    "oneself, to look killed": lambda: os.kill(own, signal.SIGKILL),
    "a thread of oneself": lambda: call(234, own, own, signal.SIGKILL),
    "a thread of the host": lambda: call(234, host, host, signal.SIGKILL),
    "a thread of the runner": lambda: call(200, @RUNNER@, signal.SIGKILL),
    "queue": lambda: call(129, host, signal.SIGTERM, 0),
    "descriptor": lambda: os.pidfd_open(host),
    "owner": lambda: fcntl.fcntl(1, fcntl.F_SETOWN, host),
    "signal of a descriptor": lambda: fcntl.fcntl(1, 10, signal.SIGKILL),
    "asynchronous": lambda: fcntl.fcntl(1, fcntl.F_SETFL, os.O_ASYNC),
    "priority": lambda: os.setpriority(os.PRIO_PROCESS, host, 19),
    "scheduler": lambda: os.sched_setaffinity(host, {0}),
    "group": os.setsid,
    "death of the host": lambda: call(157, 1, 0, 0, 0, 0),
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
