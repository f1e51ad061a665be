"""An answer is written atomically, and no text of a learner is lost."""

import os
import time
from pathlib import Path

import pytest
from katas.course import CourseError, answer_file, find, is_kata, write_answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    kata = tmp_path / "katas" / "one"
    kata.mkdir(parents=True)
    (tmp_path / "katas" / "course.yaml").write_text("")
    (kata / "kata.yaml").write_text("")
    (kata / "starter.py").write_text("start\n")
    return tmp_path


def backups(path: Path) -> list[str]:
    return [file.read_text() for file in sorted(path.parent.glob("*.backup"))]


def test_a_course_is_found_from_inside(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert find(folder / "katas" / "one") == folder
    assert is_kata(folder / "katas" / "one" / "kata.yaml")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert not is_kata(elsewhere / "katas" / "one" / "kata.yaml")
    with pytest.raises(CourseError, match="no course in this folder"):
        find(elsewhere)


@pytest.mark.parametrize("name", ["two", "", "..", "../one", "one/../one", "/one", "one.py"])
def test_no_other_name_is_a_kata(folder: Path, name: str) -> None:
    with pytest.raises(CourseError, match="no kata"):
        answer_file(folder, name)


def test_what_a_learner_wrote_is_kept(folder: Path) -> None:
    path = answer_file(folder, "one")
    assert write_answer(path, "first\n") is None
    path.write_text("by hand\n")
    backup = write_answer(path, "second\n", known="first\n")
    assert backup is not None
    assert backup.name.startswith("one.py.") and backup.suffix == ".backup"
    assert backup.parent == path.parent
    assert (path.read_text(), backups(path)) == ("second\n", ["by hand\n"])
    # Two within a second.
    path.write_text("by hand again\n")
    write_answer(path, "third\n")
    assert set(backups(path)) == {"by hand\n", "by hand again\n"}
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []


@pytest.mark.parametrize("old", ["", "start\n", "known\n", "new\n"])
def test_what_is_not_worth_a_backup(folder: Path, old: str) -> None:
    path = answer_file(folder, "one")
    path.write_text(old)
    assert write_answer(path, "new\n", known="known\n") is None
    assert (path.read_text(), backups(path)) == ("new\n", [])


def test_the_same_text_is_the_one_written_last(folder: Path) -> None:
    path = answer_file(folder, "one")
    path.write_text("same\n")
    os.utime(path, (1, 1))
    write_answer(path, "same\n")
    assert path.stat().st_mtime > time.time() - 60


def test_a_link_leads_to_the_file_that_is_written(folder: Path) -> None:
    path = answer_file(folder, "one")
    elsewhere = folder / "mine.py"
    elsewhere.write_text("mine\n")
    elsewhere.chmod(0o600)
    path.symlink_to(elsewhere)
    backup = write_answer(path, "new\n")
    assert backup is not None and backup.read_text() == "mine\n"
    assert path.is_symlink()
    assert elsewhere.read_text() == "new\n"
    assert elsewhere.stat().st_mode & 0o777 == 0o600


def test_a_folder_is_no_answer(folder: Path) -> None:
    path = answer_file(folder, "one")
    path.mkdir()
    with pytest.raises(CourseError, match="not a regular file"):
        write_answer(path, "new\n")
