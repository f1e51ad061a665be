"""The program of the wheel is found and run, and its errors are shown unchanged."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from katas import program, record


def fake(folder: Path, script: str) -> Path:
    path = folder / "katas"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_it_is_the_one_of_this_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, "exit 9")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    found = program.find()
    assert found.parent == Path(sys.executable).parent.resolve()
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    assert said.strip() == f"katas {metadata.version('katas')}"
    as_module = subprocess.run([sys.executable, "-m", "katas", "--version"], capture_output=True, text=True, check=True)
    assert as_module.stdout == said


def test_without_a_wheel_it_is_the_one_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_wheel(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", no_wheel)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(program.ProgramError, match="there is no program `katas`"):
        program.find()
    there = fake(tmp_path, "exit 0")
    assert program.find() == there


def test_what_the_program_says_is_the_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = fake(tmp_path, "echo 'building' >&2; echo 'error: the disk is full' >&2; exit 4")
    monkeypatch.setattr(program, "find", lambda: there)
    lines: list[str] = []
    with pytest.raises(program.ProgramError, match="the disk is full"):
        program.judge("hf_load", tmp_path, lines.append)
    assert lines == ["building\n", "error: the disk is full\n"]
    with pytest.raises(program.ProgramError, match="the disk is full"):
        program.listed(tmp_path)


def test_a_verdict_without_a_report_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = fake(tmp_path, "exit 1")
    monkeypatch.setattr(program, "find", lambda: there)
    with pytest.raises(program.ProgramError, match="exited with code 1"):
        program.judge("hf_load", tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": "katas/record/v9"}'])
def test_what_is_no_record(text: str) -> None:
    with pytest.raises(record.RecordError):
        record.read(text)


def test_the_katas_of_a_course(course: Path) -> None:
    katas = {kata.id: kata for kata in program.listed(course)}
    assert list(katas) == ["hf_load", "split_merge", "state_translation"]
    assert [case.kind for case in katas["hf_load"].cases] == ["shown"] * 5 + ["hidden"] * 3
