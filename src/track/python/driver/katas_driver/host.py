"""Imports what answers need once, and forks a child for each: `src/sandbox/host.rs` describes the messages.

Only the import is shared. The backend of JAX, with its threads, begins in the child, so that nothing is forked that holds a
lock, and so that no answer sees what another one computed.
"""

import ctypes
import os
import resource
import signal
import socket
import struct
import warnings
from dataclasses import dataclass

from .main import main as judge_one

# The host's end of the socket; the runner puts it where a program's standard input is.
CONTROL = 0

# The first descriptor that a child has no use for, and a number above all of them.
BEYOND, ABOVE_ALL = 4, 64

PR_SET_PDEATHSIG, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 1, 22, 2

# An instruction of a filter: a code (u16), two offsets (u8) and a number (u32).
INSTRUCTION = 8

# Everything is looked up before the first fork.
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]


class Program(ctypes.Structure):
    """The kernel's `struct sock_fprog`."""

    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


@dataclass(frozen=True)
class Task:
    """What a child is held to."""

    seconds: int
    own: list[int]
    filter: bytes

    @staticmethod
    def read(message: bytes) -> "Task":
        """Reads the message that starts a child."""
        seconds, count = struct.unpack_from("<II", message)
        own = list(struct.unpack_from(f"<{count}I", message, 8))
        return Task(seconds, own, message[8 + 4 * count :])


def serve() -> None:
    """Starts a child for each task, until the runner closes the socket."""
    # With both named, Python asks the system nothing about the descriptor.
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=CONTROL)
    host, child = os.getpid(), 0
    control.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 3)
        if not message:
            os._exit(0)
        if message == b"reap":
            _, status = os.waitpid(child, 0)
            control.send(struct.pack("<i", os.waitstatus_to_exitcode(status)))
            continue
        try:
            with warnings.catch_warnings():
                # JAX warns of forks because of its threads, of which there are none yet.
                warnings.simplefilter("ignore")
                child = os.fork()
        except OSError as error:
            child = -(error.errno or 1)
        if child == 0:
            become(Task.read(message), descriptors, host)
        for descriptor in descriptors:
            os.close(descriptor)
        control.send(struct.pack("<i", child))


def become(task: Task, descriptors: list[int], host: int) -> None:
    """In the child: takes its descriptors, enters its sandbox and judges the answer. Whatever fails ends it unbegun."""
    try:
        given, printed, results = descriptors
        for target, descriptor in enumerate((given, printed, printed, results)):
            os.dup2(descriptor, target)
        os.closerange(BEYOND, ABOVE_ALL)
        call(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != host:
            os._exit(127)
        # One second more on the hard limit, so that the first signal can still be told apart.
        resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds + 1))
        shut(task)
    except BaseException:  # noqa: BLE001 - nothing of the answer was read, and nothing else may run
        os._exit(127)
    judge_one()


def shut(task: Task) -> None:
    """Enters the sandbox, if there is one: from here on the kernel enforces what this process can do."""
    if not task.filter:
        return
    instructions = bytearray(task.filter)
    for offset in task.own:
        struct.pack_into("=I", instructions, offset, os.getpid())
    buffer = ctypes.create_string_buffer(bytes(instructions), len(instructions))
    program = Program(len(instructions) // INSTRUCTION, ctypes.addressof(buffer))
    call(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(program))


def call(option: int, value: int, address: int = 0) -> None:
    """Calls `prctl`; raises `OSError` where it fails."""
    if LIBC.prctl(option, value, address, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
