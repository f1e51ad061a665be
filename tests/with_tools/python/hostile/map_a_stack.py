"""Maps memory that grows like a stack, which is not counted as data, and fills it.

expect: raised
within: 20
"""

import ctypes
import mmap

MAP_GROWSDOWN = 0x100


def f(case, x):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    size, taken = 100 << 20, 0
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_GROWSDOWN
    while True:
        place = libc.mmap(None, size, mmap.PROT_READ | mmap.PROT_WRITE, flags, -1, 0)
        if place == ctypes.c_void_p(-1).value:
            raise MemoryError(f"{taken} bytes")
        ctypes.memset(place, 1, size)
        taken += size
        assert taken < 1 << 30, "escaped: the limit does not count it"
