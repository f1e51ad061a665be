"""The pytest plugin: in a course, `pytest` collects each kata, with an item for each shown case.

The last item of a kata stands for its hidden cases and its other requirements: it passes if the kata has passed. The
program judges a kata once, when the first of its items runs, and failures show the learner's screen. If the program
itself fails, the item has an error, not a failure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from katas import course, program, record


class Mistake(Exception):
    """The learner's answer does not pass; the message is for the learner."""


class NotJudged(Exception):
    """The answer was not judged, which is not its fault."""


@pytest.hookimpl
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "KataFile | None":
    """Collects a kata by its spec."""
    if course.is_kata(file_path):
        return KataFile.from_parent(parent, path=file_path)
    return None


@dataclass(frozen=True)
class FirstLine:
    """The text for pytest's summary and for the attribute in a JUnit report."""

    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Shown:
    """A failure as pytest shows it: the whole text once, and only its first line in the list of failures.

    In that list, pytest truncates plain text to the width of the terminal, but not on a CI service, where the learner's
    screen would appear twice.
    """

    text: str

    @property
    def reprcrash(self) -> FirstLine:
        """The name under which pytest looks for the line."""
        return FirstLine(self.text.partition("\n")[0])

    def toterminal(self, writer: Any) -> None:
        """Writes the whole text."""
        writer.line(self.text)

    def __str__(self) -> str:
        return self.text


_LISTED = pytest.StashKey[dict[Path, dict[str, record.KataAbout]]]()


class KataFile(pytest.File):
    """One kata of a course."""

    #: Whether an item has shown the screen, which is the same for all items.
    is_screen_shown = False

    @property
    def course(self) -> Path:
        """The folder of the course."""
        return self.path.parent.parent.parent

    @property
    def kata(self) -> str:
        """The kata's id."""
        return self.path.parent.name

    @cached_property
    def run(self) -> program.Run:
        """Judges the answer, once."""
        return program.judge(self.kata, self.course)

    def collect(self) -> Iterator[pytest.Item]:
        """Yields an item for each shown case, and one for the rest."""
        about = self._listed().get(self.kata)
        if about is None:
            # A kata that the course does not list, such as one being written, cannot be judged.
            return
        for number, case in enumerate(about.cases, 1):
            if case.kind == "shown":
                # Two colons separate the parts of a node's id.
                name = f"{number} {case.name}".replace("::", ":")
                yield CaseItem.from_parent(self, name=name, number=number)
        has_hidden = any(case.kind == "hidden" for case in about.cases)
        yield KataItem.from_parent(self, name="hidden cases" if has_hidden else "all cases")

    def _listed(self) -> dict[str, record.KataAbout]:
        """The katas of the course, listed once per session."""
        courses = self.session.stash.setdefault(_LISTED, {})
        if self.course not in courses:
            try:
                courses[self.course] = {kata.id: kata for kata in program.listed(self.course)}
            except (program.ProgramError, record.RecordError) as error:
                raise self.CollectError(str(error)) from error
        return courses[self.course]


class KataItem(pytest.Item):
    """A kata as a whole: its hidden cases and its other requirements."""

    parent: KataFile

    def setup(self) -> None:
        """Judges the answer: an exception here is an error, not a failure."""
        try:
            kata = self.parent.run.kata
        except (program.ProgramError, record.RecordError) as error:
            raise NotJudged(str(error)) from error
        if kata.status == "unjudged":
            raise NotJudged(kata.headline)

    def runtest(self) -> None:
        """Fails unless the kata has passed."""
        kata = self.parent.run.kata
        if kata.passed:
            return
        wrong = [case for case in kata.cases if case.kind == "hidden" and case.status != "passed"]
        self._fail(wrong[0].said if wrong and wrong[0].status == "waits" else kata.headline)

    def _fail(self, said: str) -> None:
        """Fails with a sentence and, for the first failing item of a kata, with the learner's screen."""
        if not self.parent.is_screen_shown:
            self.parent.is_screen_shown = True
            said = f"{said}\n\n{self.parent.run.kata.screen}"
        raise Mistake(said.rstrip())

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *others: Any, **more: Any) -> Any:
        """Shows only the message: a traceback through this plugin does not help a learner."""
        if isinstance(excinfo.value, (Mistake, NotJudged)):
            return Shown(str(excinfo.value))
        return super().repr_failure(excinfo, *others, **more)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Names the item in reports."""
        return self.path, None, f"{self.parent.kata}: {self.name}"


class CaseItem(KataItem):
    """One shown case of a kata."""

    def __init__(self, *, number: int, **others: Any) -> None:
        super().__init__(**others)
        self.number = number

    def runtest(self) -> None:
        """Fails unless the case has passed."""
        kata = self.parent.run.kata
        case = next((case for case in kata.cases if case.number == self.number), None)
        if case is None:
            # Nothing ran: the answer was refused.
            self._fail(kata.headline)
            return
        if case.printed:
            self.add_report_section("call", "stdout", case.printed)
        if case.status != "passed":
            self._fail(case.said)
