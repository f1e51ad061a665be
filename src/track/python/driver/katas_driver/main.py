"""Runs an answer on the cases of a request and sends the outcome of each.

`main` reads a description of the answer and then the request from standard input; `judge` does the work. It does not depend
on the source of its bytes or on what this process did before, so that the host can call it in a forked child.
"""

import builtins
import inspect
import json
import linecache
import os
import sys
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from . import failures, results, wire
from .arguments import arguments
from .calls import Counter
from .failures import Failure

# The descriptor for results.
RESULTS = 3


@dataclass(frozen=True)
class Answer:
    """The runner's description of an answer and its kata."""

    source: str
    file: str
    function: str
    parameters: list[str]
    returns: dict
    counted: list[str]


def main() -> None:
    """Runs the answer of this process, and exits."""
    reader = wire.Reader(sys.stdin.buffer.read())
    answer = Answer(**json.loads(reader.block()))
    judge(answer, reader.block(), RESULTS)


def judge(answer: Answer, request: bytes, descriptor: int) -> None:
    """Runs an answer on every case of a request and exits: no code of the answer runs after the last record."""
    # Functions that an answer could replace are looked up before it runs.
    end, out = os._exit, sys.stdout
    out.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stderr = out
    wanted = wire.read_request(request)
    writer = wire.Writer(descriptor)
    counter = Counter(answer.counted, answer.file)
    writer.ready()
    function = load(answer) if wanted.cases else None
    for case, inputs in enumerate(wanted.cases):
        writer.started(case)
        counter.start()
        given = arguments(inputs)
        result = results.Result(answer.function, answer.returns)
        outcome = function if isinstance(function, Failure) else called(function, given, result, answer)
        writer.calls(counter.counts)
        match outcome:
            case wire.Datum():
                writer.returned(outcome)
            case results.Unusable():
                writer.unusable(str(outcome))
            case Failure(message, line, column):
                writer.raised(message, answer.file, line, column)
        for note in result.notes if isinstance(outcome, wire.Datum) else []:
            out.write(f"{note}\n")
        out.write(wire.end_of_prints(wanted.nonce, case))
    writer.done(wanted.nonce)
    out.flush()
    end(0)


def called(
    function: Callable[..., object], given: list[object], result: results.Result, answer: Answer
) -> wire.Datum | results.Unusable | Failure:
    """The output of a case, or the reason why there is none."""
    try:
        returned = function(*given)
    except BaseException as error:  # noqa: BLE001 - the answer may raise SystemExit or KeyboardInterrupt too
        return described(error, answer)
    try:
        return result.datum(returned)
    except results.Unusable as unusable:
        return unusable
    except BaseException as error:  # noqa: BLE001 - the result may be an instance of a class in the answer
        return described(error, answer)


def load(answer: Answer) -> object:
    """The answer's function, or why it has none."""
    name = os.path.basename(answer.file).removesuffix(".py") or "answer"
    module = types.ModuleType(name)
    module.__file__ = answer.file
    module.__builtins__ = builtins
    # Dataclasses and Flax look up the module of a class by its name.
    sys.modules.setdefault(name, module)
    lines = answer.source.splitlines(keepends=True)
    linecache.cache[answer.file] = (len(answer.source), None, lines, answer.file)
    warnings.filterwarnings("default", category=DeprecationWarning, module=name)
    try:
        exec(compile(answer.source, answer.file, "exec"), module.__dict__)  # noqa: S102 - running the answer is the purpose
    except BaseException as error:  # noqa: BLE001 - as above
        return described(error, answer)
    function = getattr(module, answer.function, None)
    if not callable(function):
        return Failure(f"the file has {results.described(function)} instead of a function `{answer.function}`", 0, 0)
    return misfit(function, answer) or function


def misfit(function: object, answer: Answer) -> Failure | None:
    """Why a function cannot take the kata's arguments, if Python can determine this without calling it."""
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
    """The description of an exception for the runner, even if its own code fails."""
    try:
        return failures.of_exception(error, answer.file)
    except BaseException:  # noqa: BLE001 - an answer may have replaced anything
        return Failure(type(error).__name__, 0, 0)
