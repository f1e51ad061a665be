"""Writes, moves, links and removes files.

expect: passed
within: 12
"""

import os

secret = "@SECRET@"

tries = {
    "write": lambda: open(secret, "w"),
    "append": lambda: open(secret, "a"),
    "make": lambda: open("@FOLDER@/made", "w"),
    "make in /tmp": lambda: open("/tmp/katas-escaped", "w"),
    "make in /dev/shm": lambda: open("/dev/shm/katas-escaped", "w"),
    "make in the cache": lambda: open("@CACHE@/escaped", "w"),
    "remove": lambda: os.remove(secret),
    "rename": lambda: os.rename(secret, secret + "2"),
    "mode": lambda: os.chmod(secret, 0o777),
    "owner": lambda: os.chown(secret, os.getuid(), os.getgid()),
    "time": lambda: os.utime(secret),
    "truncate": lambda: os.truncate(secret, 0),
    "symlink": lambda: os.symlink(secret, secret + "3"),
    "link": lambda: os.link(secret, secret + "4"),
    "folder": lambda: os.mkdir(secret + "5"),
    "fifo": lambda: os.mkfifo(secret + "6"),
    "attribute": lambda: os.setxattr(secret, "user.a", b"1"),
    "the input": lambda: os.write(0, b"1"),
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
