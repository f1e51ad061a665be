"""A course of a learner in a fresh folder, and the answers that tests write into it."""

import shutil
from pathlib import Path

import pytest

from katas import program

REPOSITORY = Path(__file__).parents[2]

KATAS = ("hf_load", "split_merge", "state_translation")

pytest_plugins = ["pytester"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course from `katas init --track python`, reduced to three katas, so that new katas do not affect these tests."""
    code, _, errors = program.call(["init", "course", "--track", "python", "--no-build"], tmp_path)
    assert code == 0, errors
    made = tmp_path / "course"
    for kata in (made / "katas").iterdir():
        if kata.is_dir() and kata.name not in KATAS:
            shutil.rmtree(kata)
    shutil.copy(REPOSITORY / "tests/courses/three/katas/course.yaml", made / "katas/course.yaml")
    return made


def solution(kata: str) -> str:
    """The reference answer to a kata."""
    return (REPOSITORY / "solutions" / kata / "solution.py").read_text(encoding="utf-8")


def wrong(name: str) -> str:
    """A wrong answer in `answers/`."""
    return (Path(__file__).parent / "answers" / f"{name}.py").read_text(encoding="utf-8")
