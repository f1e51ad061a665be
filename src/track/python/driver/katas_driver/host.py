"""Imports the packages for answers once, and forks a child for each batch: `src/sandbox/host.rs` describes the messages.

Only the imports are shared. The backend of JAX, with its threads, starts in the child, so that no held lock is forked, and
so that no answer sees what another one computed.
"""

import ctypes
import json
import os
import resource
import signal
import socket
import struct
import warnings
from dataclasses import dataclass

import safetensors.flax  # noqa: F401: imported once, for the answers that read a file

from . import operations
from .main import main as judge_one

# The host's end of the socket, which the runner passes as standard input.
CONTROL = 0

REAP = b"reap"

# The first descriptor that a child does not need, and a number above all descriptors.
BEYOND, ABOVE_ALL = 4, 64

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8

# The third version of the kernel's sets of capabilities: two words for each set.
CAPABILITY_VERSION = 0x20080522

# The number of the system call `seccomp`, by machine: unlike `prctl`, it can filter existing threads too.
SECCOMP = {"x86_64": 317, "aarch64": 277}[os.uname().machine]
SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC = 1, 1

# An instruction of a filter: a code (u16), two offsets (u8) and a number (u32).
INSTRUCTION = 8

# Everything is looked up before the first fork.
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
LIBC.syscall.argtypes = [ctypes.c_long, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_void_p]
LIBC.capset.argtypes = [ctypes.c_void_p, ctypes.c_void_p]


class Program(ctypes.Structure):
    """The kernel's `struct sock_fprog`."""

    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


@dataclass(frozen=True)
class Task:
    """The sandbox and the limits of a child."""

    seconds: int
    first_uid: int
    uids: int
    kept: int
    threads: int
    warm: bytes
    own: list[int]
    filter: bytes

    @staticmethod
    def read(message: bytes) -> "Task":
        """Reads the message that starts a child."""
        *numbers, length = struct.unpack_from("<6I", message)
        warm, message = message[24 : 24 + length], message[24 + length :]
        (count,) = struct.unpack_from("<I", message)
        own = list(struct.unpack_from(f"<{count}I", message, 4))
        return Task(*numbers, warm, own, message[4 + 4 * count :])


def serve() -> None:
    """Starts a child for each task, until the runner closes the socket."""
    # With both arguments, Python does not query the system about the descriptor.
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=CONTROL)
    host = os.getpid()
    # Otherwise a child with the host's uid could open the host's descriptors through /proc, and talk to the runner.
    set_option(PR_SET_DUMPABLE, 0)
    control.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 4)
        if not message:
            os._exit(0)
        if message.startswith(REAP):
            _, status = os.waitpid(*struct.unpack("<i", message.removeprefix(REAP)), 0)
            control.send(struct.pack("<i", os.waitstatus_to_exitcode(status)))
            continue
        try:
            with warnings.catch_warnings():
                # JAX warns about forks because of its threads, but there are none yet.
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
    """In the child: takes its descriptors, enters its sandbox and runs the answer. If setup fails, it exits before that."""
    try:
        printed, results, given, *ready = descriptors
        for target, descriptor in enumerate((given, printed, printed, results, *ready)):
            os.dup2(descriptor, target)
        os.closerange(BEYOND + len(ready), ABOVE_ALL)
        if task.uids:
            leave(task)
        # After the change of the uid, which clears it.
        set_option(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != host:
            os._exit(127)
        if task.warm:
            warm(task.warm)
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = task.seconds + int(used.ru_utime + used.ru_stime)
        # The hard limit is a second higher, so that the signals of the two limits can be distinguished.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        if task.threads:
            resource.setrlimit(resource.RLIMIT_NPROC, (task.threads, task.threads))
        shut(task)
        if ready:
            os.close(BEYOND)
    except BaseException:  # noqa: BLE001 - the answer was not read yet, and nothing else may run
        os._exit(127)
    judge_one()


def leave(task: Task) -> None:
    """Changes to the uid of this process, and drops root's capabilities except those in the mask."""
    uid = task.first_uid + os.getpid() % task.uids
    set_option(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    # Effective, permitted, inheritable; then the upper words of the same.
    header = struct.pack("=Ii", CAPABILITY_VERSION, 0)
    if LIBC.capset(header, struct.pack("=6I", task.kept, task.kept, 0, 0, 0, 0)) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def warm(sizes: bytes) -> None:
    """Runs our own code for typical answers of these sizes, so that JAX traces and compiles it before the answer arrives."""
    try:
        operations.of_sizes(**json.loads(sizes))
    except Exception:  # noqa: BLE001 - a process that is not fully warmed up works too, but is slower
        return


def shut(task: Task) -> None:
    """Enters the sandbox with all threads, if the system has one: from here on, the kernel enforces it."""
    if not task.filter:
        return
    instructions = bytearray(task.filter)
    for offset in task.own:
        struct.pack_into("=I", instructions, offset, os.getpid())
    buffer = ctypes.create_string_buffer(bytes(instructions), len(instructions))
    program = Program(len(instructions) // INSTRUCTION, ctypes.addressof(buffer))
    # A positive result is the id of a thread that could not be filtered.
    if LIBC.syscall(SECCOMP, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, ctypes.addressof(program)) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def set_option(option: int, value: int) -> None:
    """Sets an option of this process; raises `OSError` if the kernel refuses."""
    if LIBC.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
