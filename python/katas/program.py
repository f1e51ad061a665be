"""Finds and runs the program `katas`. `pytest_plugin` and `magic` judge through it."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from katas import record

#: Exit codes of `katas run` that come with a verdict: passed and not yet.
JUDGED = (0, 1)


class ProgramError(Exception):
    """The program is missing or failed. The message is the program's own."""


@dataclass(frozen=True)
class Run:
    """The result of one `katas run`."""

    #: The output for the learner.
    screen: str
    #: The result as data.
    kata: record.Kata


def find() -> Path:
    """Finds the program of this wheel or, if there is none, the one on PATH."""
    try:
        files = metadata.files("katas") or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        # The wheel has no other file with this name.
        if file.name in ("katas", "katas.exe"):
            located = Path(str(file.locate())).resolve()
            if located.is_file():
                return located
    on_path = shutil.which("katas")
    if on_path is None:
        raise ProgramError("there is no program `katas`; `pip install --force-reinstall katas` installs it")
    return Path(on_path)


def call(arguments: Sequence[str], folder: Path, tell: Callable[[str], None] | None = None) -> tuple[int, str, str]:
    """Runs the program in a folder; returns its exit code, standard output and standard error.

    `tell` is called with each line of standard error as it arrives: the first run may take a while and shows its progress.
    """
    with tempfile.TemporaryFile() as output:
        command = [str(find()), "--color", "never", *arguments]
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        errors = []
        try:
            with process:
                for line in process.stderr or ():
                    errors.append(line)
                    if tell is not None:
                        tell(line)
        except BaseException:
            # If the user interrupts the cell, the answer must stop too.
            process.terminate()
            raise
        output.seek(0)
        return process.returncode, output.read().decode("utf-8", "replace"), "".join(errors)


def judge(kata: str, course: Path, tell: Callable[[str], None] | None = None) -> Run:
    """Judges the learner's own answer to a kata, as `katas run` does: this counts as an attempt, and a pass is recorded."""
    with tempfile.TemporaryDirectory(prefix="katas-") as folder:
        report = Path(folder) / "result.json"

        def tell_more(line: str) -> None:
            # The learner did not ask for a report, so the line about it is dropped.
            if tell is not None and str(report) not in line:
                tell(line)

        code, screen, errors = call(["run", kata, "--report", f"json={report}"], course, tell_more)
        if code not in JUDGED or not report.is_file():
            raise ProgramError(errors.strip() or f"katas exited with code {code}")
        record_of_run = record.read(report.read_text(encoding="utf-8"))
    return Run(screen, record_of_run.katas[0])


def listed(course: Path) -> list[record.KataAbout]:
    """Lists the katas of a course and their cases, without judging anything."""
    code, output, errors = call(["list", "--json"], course)
    if code != 0:
        raise ProgramError(errors.strip() or f"katas exited with code {code}")
    return record.read(output).course
