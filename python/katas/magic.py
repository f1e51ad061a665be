"""The IPython extension that `%load_ext katas` loads: `%%kata hf_load` judges a cell, `%hint` gives a hint.

The cell is the answer: it is written to the learner's file, in the course that contains the notebook's folder, and the
program judges that file as in a terminal. So progress and hints are the same in both.
"""

import re
import shlex
import sys
from pathlib import Path
from typing import Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class
from IPython.display import display

from katas import course, page, program, record


class Result:
    """A result, as text and as HTML."""

    def __init__(self, text: str, html: str, passed: bool) -> None:
        self._text = text
        self._html = html
        #: Whether the kata passed.
        self.passed = passed

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


@magics_class
class KataMagics(Magics):
    """`%%kata`, `%hint` and `%katas`."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        #: The kata of the last cell.
        self._kata: str | None = None
        #: The last text that this notebook wrote to each file. IPython's history contains it too, so it needs no backup.
        self._written: dict[Path, str] = {}

    @cell_magic
    def kata(self, line: str, cell: str) -> None:
        """Writes the cell to the answer of a kata, and judges it: `%%kata hf_load`."""
        words = line.split()
        if len(words) != 1:
            raise UsageError("Name the kata: `%%kata hf_load`. `%katas list` shows the katas of this course.")
        (kata,) = words
        try:
            folder = course.find(Path.cwd())
            path = course.answer_file(folder, kata)
            backup = course.write_answer(path, cell, self._written.get(path))
        except (course.CourseError, OSError) as error:
            raise UsageError(str(error)) from error
        self._kata = kata
        self._written[path] = cell
        if backup is not None:
            print(f"Your old file is {backup.relative_to(folder) if backup.is_relative_to(folder) else backup}")
        display(_judge(kata, folder))  # type: ignore[no-untyped-call]

    @line_magic
    def hint(self, line: str) -> None:
        """Shows a hint for a kata, by default the kata of the last cell: `%hint`, `%hint hf_load`, `%hint --all`."""
        words = shlex.split(line)
        if self._kata is not None and all(word.startswith("-") for word in words):
            words = [self._kata, *words]
        _print(["hint", *words])

    @line_magic
    def katas(self, line: str) -> None:
        """Runs the program: `%katas list`. It may not be on the PATH of a kernel."""
        _print(shlex.split(line))


def register(shell: Any) -> None:
    """Registers the magics."""
    shell.register_magics(KataMagics)


def _print(arguments: list[str]) -> None:
    """Runs the program in the notebook's folder, and prints its output."""
    try:
        code, output, errors = program.call(arguments, Path.cwd())
    except program.ProgramError as error:
        raise UsageError(str(error)) from error
    print(_in_notebook(output), end="")
    if code not in program.JUDGED:
        raise UsageError(errors.strip() or f"katas exited with code {code}")
    print(errors, end="", file=sys.stderr)


def _judge(kata: str, folder: Path) -> Result:
    """Judges an answer; if the program cannot do that, the error is shown as a result, not as an exception of the cell."""
    try:
        run = program.judge(kata, folder, lambda line: print(line, end="", file=sys.stderr))
    except (program.ProgramError, record.RecordError) as error:
        return Result(f"not judged\n\n{error}", page.failure(str(error)), passed=False)
    text = _in_notebook(run.screen)
    return Result(text, page.page(run.kata, text), run.kata.passed)


#: A command that the program suggests, at the start of a line.
_COMMAND = re.compile(r"^  katas (hint )?(\S+)", re.MULTILINE)


def _in_notebook(text: str) -> str:
    """Rewrites suggested commands as magics; the text after them keeps its column."""

    def named(found: re.Match[str]) -> str:
        hint, rest = found.groups()
        new = f"  %hint {rest}" if hint else f" %katas {rest}"
        return new.ljust(len(found.group()))

    return _COMMAND.sub(named, text)
