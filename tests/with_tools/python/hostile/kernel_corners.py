"""Asks for powers, namespaces, other limits and rarely used calls.

expect: passed
within: 12
"""

import ctypes
import os
import resource

libc = ctypes.CDLL(None, use_errno=True)


def call(*arguments):
    ctypes.set_errno(0)
    if libc.syscall(*arguments) == -1:
        raise OSError(ctypes.get_errno(), "syscall")


most = resource.RLIM_INFINITY

tries = {
    "unshare": lambda: call(272, 0x10000000),
    "setns": lambda: call(308, 0, 0),
    "mount": lambda: call(165, b"none", b"/", b"tmpfs", 0, 0),
    "chroot": lambda: os.chroot("/"),
    "root": lambda: os.setuid(0 if os.getuid() else 1),
    "uids": lambda: os.setresuid(0 if os.getuid() else 1, 0, 0),
    "group": lambda: os.setgid(0 if os.getgid() else 1),
    "groups": lambda: os.setgroups([0]),
    "powers": lambda: call(126, ctypes.create_string_buffer(8), ctypes.create_string_buffer(24)),
    "keep powers": lambda: call(157, 8, 1, 0, 0, 0),
    "ambient powers": lambda: call(157, 47, 2, 2, 0, 0),
    "time": lambda: resource.setrlimit(resource.RLIMIT_CPU, (most, most)),
    "threads": lambda: resource.setrlimit(resource.RLIMIT_NPROC, (most, most)),
    "limits of the host": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1)),
    "keys": lambda: call(250, 0, -3, 1),
    "bpf": lambda: call(321, 0, 0, 0),
    "io_uring": lambda: call(425, 1, ctypes.create_string_buffer(120)),
    "perf": lambda: call(298, ctypes.create_string_buffer(120), 0, -1, -1, 0),
    "userfaultfd": lambda: call(323, 0),
    "shared memory": lambda: call(29, 1, 4096, 0o1777),
    "message queue": lambda: call(68, 1, 0o1777),
    "memory file": lambda: os.memfd_create("a"),
    "handles": lambda: call(303, -100, b"/", ctypes.create_string_buffer(136), ctypes.create_string_buffer(4), 0),
    "open by handle": lambda: call(304, -100, ctypes.create_string_buffer(136), 0),
    "personality": lambda: call(135, 0x0040000),
    "another filter": lambda: call(317, 1, 0, ctypes.create_string_buffer(16)),
    "another rule": lambda: call(446, 3, 0),
    "terminal": lambda: call(16, 0, 0x5412, b"x"),
    "modules": lambda: call(313, 0, b"", 0),
    "clock": lambda: call(227, 0, ctypes.create_string_buffer(16)),
    "host name": lambda: call(170, b"x", 1),
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
