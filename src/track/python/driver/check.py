"""Checks whether an answer's text is valid Python, before any of it runs.

It gets the text on standard input and writes JSON to descriptor 3. It imports neither jax nor the answer.
"""

import ast
import json
import os
import sys
import traceback
import warnings

# The maximum number of warnings that are sent.
MOST = 20


def message(error: SyntaxError | Warning, text: str, line: int, column: int, rendered: str) -> dict:
    """One message about the text."""
    code = type(error).__name__
    return {"text": text, "code": code, "line": line, "column": column, "rendered": rendered}


def of_error(error: SyntaxError, file: str) -> dict:
    """A syntax error, with Python's picture of its line."""
    line, column = error.lineno or 1, error.offset or 1
    rendered = "".join(traceback.format_exception_only(error))
    return message(error, error.msg, max(line, 1), max(column, 1), rendered)


def of_warning(caught: warnings.WarningMessage, lines: list[str]) -> dict:
    """A warning, with its line."""
    name = caught.category.__name__
    text = str(caught.message)
    code = lines[caught.lineno - 1].strip() if 0 < caught.lineno <= len(lines) else ""
    rendered = f'  File "{caught.filename}", line {caught.lineno}\n    {code}\n{name}: {text}\n'
    return message(caught.category(), text, caught.lineno, 1, rendered) | {"code": name}


def bound_names(tree: ast.Module) -> set[str] | None:
    """Every name that the text assigns anywhere; `None` if only running it would show this."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.Name(id="exec" | "globals" | "eval" | "setattr" | "vars"):
                return None
            case ast.alias(name="*"):
                return None
            case ast.alias(name=name, asname=alias):
                names.add(alias or name.split(".")[0])
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                names.add(name)
    return names


def check(file: str, function: str, source: str) -> dict:
    """The errors and warnings of a text."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            tree = ast.parse(source, file)
            compile(tree, file, "exec", dont_inherit=True)
        except SyntaxError as error:
            return {"errors": [of_error(error, file)]}
        except ValueError as error:
            return {"errors": [of_error(SyntaxError(str(error)), file)]}
        except (RecursionError, MemoryError):
            return {"too_deep": True}
    lines = source.splitlines()
    names = bound_names(tree)
    return {
        "warnings": [of_warning(warning, lines) for warning in caught[:MOST]],
        "has_function": names is None or function in names,
    }


def main() -> None:
    """Checks the text on standard input."""
    request = json.loads(sys.stdin.buffer.read())
    report = json.dumps(check(**request)).encode()
    while report:
        report = report[os.write(3, report) :]
    os._exit(0)


main()
