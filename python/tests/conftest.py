"""A course of a learner in a fresh folder, and the answers that tests write into it."""

from pathlib import Path

import pytest

from katas import program

REPOSITORY = Path(__file__).parents[2]

pytest_plugins = ["pytester"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course as `katas init --track python` makes it."""
    code, _, errors = program.call(["init", "course", "--track", "python", "--no-build"], tmp_path)
    assert code == 0, errors
    return tmp_path / "course"


def solution(kata: str) -> str:
    """The reference answer to a kata."""
    return (REPOSITORY / "solutions" / kata / "solution.py").read_text(encoding="utf-8")


def wrong(name: str) -> str:
    """A wrong answer of `answers/`."""
    return (Path(__file__).parent / "answers" / f"{name}.py").read_text(encoding="utf-8")
