"""Reads files, in every way that a library offers.

expect: passed
within: 12
"""

import ctypes
import importlib.machinery
import linecache
import mmap
import os
import tokenize
import zipimport

import jax.numpy as jnp
import numpy as np

secret = "@SECRET@"
parent = os.getppid()
libc = ctypes.CDLL(None, use_errno=True)


def by_libc():
    if libc.open(secret.encode(), 0) == -1:
        raise OSError(ctypes.get_errno(), "open")


def by_linecache():
    if not linecache.getlines(secret):
        raise OSError


def by_path_descriptor():
    os.open(f"/proc/self/fd/{os.open(secret, os.O_PATH)}", os.O_RDONLY)


tries = {
    "open": lambda: open(secret).read(),
    "libc": by_libc,
    "O_PATH": by_path_descriptor,
    "mmap": lambda: mmap.mmap(os.open(secret, os.O_RDONLY), 1),
    "numpy": lambda: np.fromfile(secret, np.uint8),
    "memmap": lambda: np.memmap(secret),
    "jnp": lambda: jnp.load(secret),
    "loader": lambda: importlib.machinery.SourceFileLoader("m", secret).get_data(secret),
    "zip": lambda: zipimport.zipimporter(secret),
    "tokenize": lambda: tokenize.open(secret),
    "linecache": by_linecache,
    "link": lambda: open("@FOLDER@/link").read(),
    "list": lambda: os.listdir("@FOLDER@"),
    "root": lambda: os.listdir("/"),
    "home": lambda: os.listdir("/root"),
    "passwd": lambda: open("/etc/passwd").read(),
    "shadow": lambda: open("/etc/shadow").read(),
    "environ": lambda: open("/proc/self/environ").read(),
    "maps": lambda: open("/proc/self/maps").read(),
    "processes": lambda: os.listdir("/proc"),
    "memory of the host": lambda: open(f"/proc/{parent}/mem", "rb").read(1),
    "environment of the host": lambda: open(f"/proc/{parent}/environ").read(),
    "descriptors of the host": lambda: os.listdir(f"/proc/{parent}/fd"),
    "disks": lambda: os.listdir("/dev"),
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
