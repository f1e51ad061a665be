"""Describes an exception of an answer, and where in the answer it came from."""

import linecache
from dataclasses import dataclass
from types import TracebackType

# The maximum number of outer calls that are listed.
MOST_CALLERS = 4


@dataclass(frozen=True)
class Frame:
    """A stack frame of the answer."""

    function: str
    line: int
    column: int


@dataclass(frozen=True)
class Failure:
    """A failure as sent to the runner; the line is 0 if it has no location in the answer."""

    message: str
    line: int
    column: int


def of_exception(error: BaseException, file: str) -> Failure:
    """Describes an exception by the frames of the answer."""
    frames = own_frames(error.__traceback__, file)
    if isinstance(error, NotImplementedError) and frames and is_raised_by(error, file):
        # The same text as in starters in other languages.
        said = text_of(error)
        message = f"not yet implemented: {said}" if said else "not yet implemented"
    else:
        said = text_of(error)
        name = type(error).__name__
        message = f"{name}: {said}" if said else name
    if not frames and isinstance(error, SyntaxError) and error.filename == file:
        return Failure(message, error.lineno or 0, error.offset or 1)
    if not frames:
        return Failure(message, 0, 0)
    *callers, last = frames
    for caller in reversed(callers[-MOST_CALLERS:]):
        message += f"\ncalled from line {caller.line}, in {caller.function}"
    return Failure(message, last.line, last.column)


def text_of(error: BaseException) -> str:
    """The text of an exception, whose own code may fail too."""
    try:
        return str(error)
    except BaseException as second:  # noqa: BLE001 - whatever it raises, the first exception is reported
        return f"(its text cannot be shown: `__str__` raised {type(second).__name__})"


def is_raised_by(error: BaseException, file: str) -> bool:
    """Whether an exception was raised by the answer's own code, not by a library that it called."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback is not None and traceback.tb_frame.f_code.co_filename == file


def own_frames(traceback: TracebackType | None, file: str) -> list[Frame]:
    """The frames of the answer, the outermost first."""
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename == file:
            frames.append(Frame(code.co_name, traceback.tb_lineno, column_of(traceback)))
        traceback = traceback.tb_next
    return frames


def column_of(traceback: TracebackType) -> int:
    """The column from 1 at which the failing expression begins, in characters."""
    code = traceback.tb_frame.f_code
    positions = list(code.co_positions())
    index = traceback.tb_lasti // 2
    if not 0 <= index < len(positions):
        return 1
    line, _end_line, column, _end_column = positions[index]
    if line is None or column is None:
        return 1
    # Python counts bytes of UTF-8.
    text = linecache.getline(code.co_filename, line).encode()
    return len(text[:column].decode(errors="replace")) + 1
