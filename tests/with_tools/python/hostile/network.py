"""Connects, listens and sends, by every family.

expect: passed
within: 12
"""

import os
import socket
import urllib.request


def local():
    socket.socket(socket.AF_UNIX).connect("@FOLDER@/socket")


tries = {
    "tcp": lambda: socket.create_connection(("127.0.0.1", @PORT@)),
    "http": lambda: urllib.request.urlopen("http://127.0.0.1:@PORT@/"),
    "tcp6": lambda: socket.socket(socket.AF_INET6),
    "listen": lambda: socket.create_server(("127.0.0.1", 0)),
    "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "raw": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1),
    "unix": local,
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "packet": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "vsock": lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM),
    "kernel's ciphers": lambda: socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET),
    "pair": socket.socketpair,
    "pipe": os.pipe,
    "event": lambda: os.eventfd(0),
    "name": lambda: socket.getaddrinfo("localhost", 80),
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
