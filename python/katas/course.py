"""A course on disk: finding it, and writing a learner's answer without losing an older one. `magic` calls it."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path


class CourseError(Exception):
    """There is no course here, it does not have the kata, or the file cannot be replaced."""


def is_kata(spec: Path) -> bool:
    """Whether a `kata.yaml` belongs to a course: `katas/<id>/kata.yaml`, with a `katas/course.yaml`."""
    katas = spec.parent.parent
    return spec.name == "kata.yaml" and katas.name == "katas" and (katas / "course.yaml").is_file()


def find(start: Path) -> Path:
    """Finds the course that contains a folder."""
    for folder in (start, *start.parents):
        if (folder / "katas" / "course.yaml").is_file():
            return folder
    raise CourseError(
        "There is no course in this folder or above it. `%katas init my-katas` creates one, and `%cd my-katas` enters it."
    )


def answer_file(course: Path, kata: str) -> Path:
    """Returns the file of the learner's Python answer to a kata."""
    # A name with a slash would be a path to another folder.
    if not kata.isidentifier() or not (course / "katas" / kata / "kata.yaml").is_file():
        raise CourseError(f"This course has no kata `{kata}`. `%katas list` shows its katas.")
    return course / "katas" / kata / f"{kata}.py"


def write_answer(path: Path, text: str, known: str | None = None) -> Path | None:
    """Writes a text as the learner's answer; returns the path of the backup of the old one, if one was made.

    There is no backup of the same text, of the starter, or of `known`, the text that the caller wrote last. The file is
    replaced atomically; if it is a link, its target is replaced, because the program follows links.
    """
    there = Path(os.path.realpath(path))
    if there.exists() and not there.is_file():
        raise CourseError(f"{path.name} is not a regular file. Move it away and try again; nothing was changed.")
    new = text.encode()
    try:
        old = there.read_bytes()
    except FileNotFoundError:
        old = None
    if old == new:
        # If there are answers in several languages, the newest one is judged.
        os.utime(there)
        return None
    starter = path.with_name(f"starter{path.suffix}")
    is_kept = starter.is_file() and old == starter.read_bytes()
    backup = None
    if old and not is_kept and old != (known or "").encode():
        backup = _back_up(there, old)
    _write_whole(there, new)
    return backup


def _back_up(path: Path, old: bytes) -> Path:
    """Writes a backup next to the file, as `katas reset` does: `hf_load.py.2026-11-21-063000.backup`."""
    date = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
    number = 0
    while True:
        middle = f"{date}.{number}" if number else date
        backup = path.with_name(f"{path.name}.{middle}.backup")
        try:
            with backup.open("xb") as file:
                file.write(old)
            return backup
        except FileExistsError:
            number += 1


def _write_whole(path: Path, new: bytes) -> None:
    """Writes a file next to its destination and renames it, so that either the old or the new one exists."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
        # mkstemp creates a file for its owner only; an answer gets the mode of the old file, or of any new file.
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink()
        raise
