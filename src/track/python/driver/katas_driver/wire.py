"""The wire between the runner and this process, as `src/track/wire.rs` describes it: little-endian, length-framed."""

import os
import struct
from dataclasses import dataclass

VERSION = 3
MAGIC = b"KATA"
NONCE = 16
MESSAGE = 4096

DTYPES = ("f32", "f64", "bf16", "i32", "i64", "u8", "u16", "u32", "u64", "bool")

ARRAY, SCALAR, BYTES, TEXT = range(4)


@dataclass(frozen=True)
class Datum:
    """One input or output: the bytes of its elements, and their type."""

    kind: int
    dtype: str
    data: bytes


@dataclass(frozen=True)
class Request:
    """The inputs of some cases, and the nonce that proves that this process completed."""

    nonce: bytes
    cases: list[list[Datum]]


class Reader:
    """Reads numbers and bytes one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        part = self.data[self.at : self.at + count]
        if len(part) != count:
            raise ValueError("the request is too short")
        self.at += count
        return part

    def length(self) -> int:
        """The next length."""
        (value,) = struct.unpack("<I", self.take(4))
        return value

    def block(self) -> bytes:
        """The next length-prefixed bytes."""
        return self.take(self.length())

    def datum(self) -> Datum:
        """The next value."""
        kind, dtype = self.take(2)
        return Datum(kind, DTYPES[dtype], self.block())


def read_request(data: bytes) -> Request:
    """Reads a request; raises `ValueError` if it is not valid."""
    reader = Reader(data)
    version = struct.pack("<H", VERSION)
    if reader.take(4) != MAGIC or reader.take(2) != version:
        raise ValueError("the request has a different version")
    nonce = reader.take(NONCE)
    cases = [[reader.datum() for _ in range(reader.length())] for _ in range(reader.length())]
    return Request(nonce, cases)


class Writer:
    """Sends records immediately: an answer may end the process at any moment."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def ready(self) -> None:
        """The driver is ready, and no code of the answer has run yet."""
        self._send(6, b"")

    def started(self, case: int) -> None:
        """This case begins."""
        self._send(1, struct.pack("<I", case))

    def calls(self, calls: dict[str, int]) -> None:
        """The numbers of calls that the kata counts."""
        body = struct.pack("<I", len(calls))
        for name, count in calls.items():
            body += _block(name.encode()) + struct.pack("<Q", count)
        self._send(2, body)

    def returned(self, datum: Datum) -> None:
        """The output of the case."""
        head = bytes([datum.kind, DTYPES.index(datum.dtype)])
        self._send(3, head + _block(datum.data))

    def raised(self, message: str, file: str, line: int, column: int) -> None:
        """The exception that the case raised, and its location; the line is 0 if it is not known."""
        self._send(7, _text(message) + _text(file) + struct.pack("<II", line, column))

    def unusable(self, says: str) -> None:
        """The case returned something other than a value of the kata's type."""
        self._send(8, _text(says))

    def done(self, nonce: bytes) -> None:
        """Every case was run."""
        self._send(5, nonce)

    def _send(self, kind: int, body: bytes) -> None:
        frame = memoryview(_block(bytes([kind]) + body))
        while frame:
            frame = frame[os.write(self.descriptor, frame) :]


def end_of_prints(nonce: bytes, case: int) -> str:
    """The text that is printed after each case, so that prints can be assigned to cases."""
    return f"\x1e{nonce.hex()}:{case}\n"


def _text(text: str) -> bytes:
    return _block(text.encode("utf-8", "backslashreplace")[:MESSAGE])


def _block(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data
