"""Runs an answer on the cases of a request and sends what came of each.

`main` reads a description of the answer and then the request from standard input; `judge` does the work, and knows neither
where its bytes come from nor whether this process did anything before, so that another process may be its parent.
"""

import builtins
import inspect
import json
import linecache
import os
import sys
import types
import warnings
from dataclasses import dataclass

from . import failures, wire
from .arguments import arguments
from .calls import Counter
from .failures import Failure
from .results import Result

# Where the results go.
RESULTS = 3


@dataclass(frozen=True)
class Answer:
    """An answer and what the kata wants of it, as the runner describes it."""

    source: str
    file: str
    function: str
    parameters: list[str]
    returns: dict
    counted: list[str]


def main() -> None:
    """Runs the answer of this process, and ends it."""
    reader = wire.Reader(sys.stdin.buffer.read())
    answer = Answer(**json.loads(reader.block()))
    judge(answer, reader.block(), RESULTS)


def judge(answer: Answer, request: bytes, descriptor: int) -> None:
    """Runs an answer on every case of a request and ends the process: nothing of the answer runs after the last record."""
    # What an answer may exchange is taken before it is read.
    end, flush = os._exit, sys.stdout.flush
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stderr = sys.stdout
    wanted = wire.read_request(request)
    writer = wire.Writer(descriptor)
    counter = Counter(answer.counted, answer.file)
    writer.ready()
    function = load(answer) if wanted.cases else None
    for case, inputs in enumerate(wanted.cases):
        writer.started(case)
        counter.start()
        given = arguments(inputs)
        result = Result(answer.function, answer.returns)
        failure, datum = function if isinstance(function, Failure) else None, None
        if failure is None:
            try:
                datum = result.datum(function(*given))
            except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are the answer's too
                failure = described(error, answer)
        writer.calls(counter.counts)
        if datum is not None:
            writer.returned(datum)
        else:
            writer.failed(failure.message, answer.file, failure.line, failure.column)
        for note in result.notes if datum is not None else []:
            print(note)
        sys.stdout.write(wire.end_of_prints(wanted.nonce, case))
    writer.done(wanted.nonce)
    flush()
    end(0)


def load(answer: Answer) -> object:
    """The answer's function, or why it has none."""
    name = os.path.basename(answer.file).removesuffix(".py") or "answer"
    module = types.ModuleType(name)
    module.__file__ = answer.file
    module.__builtins__ = builtins
    # Dataclasses and Flax look a class's module up by its name.
    sys.modules.setdefault(name, module)
    lines = answer.source.splitlines(keepends=True)
    linecache.cache[answer.file] = (len(answer.source), None, lines, answer.file)
    warnings.filterwarnings("default", category=DeprecationWarning, module=name)
    try:
        exec(compile(answer.source, answer.file, "exec"), module.__dict__)  # noqa: S102 - this is what it is for
    except BaseException as error:  # noqa: BLE001 - as above
        return described(error, answer)
    function = getattr(module, answer.function, None)
    if not callable(function):
        what = "no function" if function is None else f"a {type(function).__name__} and no function"
        return Failure(f"the file has {what} `{answer.function}`", 0, 0)
    return misfit(function, answer) or function


def misfit(function: object, answer: Answer) -> Failure | None:
    """Why a function cannot take the kata's arguments, as long as Python can tell without calling it."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*answer.parameters)
    except TypeError:
        count = len(answer.parameters)
        given = ", ".join(answer.parameters)
        message = (
            f"`{answer.function}{signature}` cannot take the kata's {count} argument{'s' if count != 1 else ''}: {given}"
        )
        code = getattr(inspect.unwrap(function), "__code__", None)
        is_own = code is not None and code.co_filename == answer.file
        return Failure(message, code.co_firstlineno if is_own else 0, 1)
    return None


def described(error: BaseException, answer: Answer) -> Failure:
    """An exception as the runner is told of it, whatever its own code does."""
    try:
        return failures.of_exception(error, answer.file)
    except BaseException:  # noqa: BLE001 - an answer may have exchanged anything
        return Failure(type(error).__name__, 0, 0)
