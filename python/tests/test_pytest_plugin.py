"""The plugin in a separate pytest process, as a learner starts it, with real verdicts of the program."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from katas import program

from .conftest import solution, wrong


@pytest.fixture
def run(pytester: pytest.Pytester, course: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(course)
    return lambda *words: pytester.runpytest_subprocess("-p", "no:cacheprovider", f"--rootdir={course}", *words)


def write(course: Path, kata: str, text: str) -> None:
    (course / "katas" / kata / f"{kata}.py").write_text(text, encoding="utf-8")


def test_an_item_for_each_shown_case_and_one_for_the_hidden_ones(run) -> None:
    result = run("--collect-only", "-q")
    ids = [line for line in result.outlines if "::" in line]
    assert len(ids) == 6 + 5 + 5
    assert ids[0] == "katas/hf_load/kata.yaml::1 identity selector"
    assert ids[5] == "katas/hf_load/kata.yaml::hidden cases"


def test_a_right_answer_passes_and_is_kept(run, course: Path) -> None:
    write(course, "hf_load", solution("hf_load"))
    result = run("katas/hf_load", "--junit-xml=r.xml")
    result.assert_outcomes(passed=6)
    assert result.ret == 0
    suite = ElementTree.parse(course / "r.xml").getroot().find("testsuite")
    assert suite is not None and suite.get("tests") == "6" and suite.get("failures") == "0"
    assert "1 of 3" in program.call(["list"], course)[1]


@pytest.mark.parametrize("service", ["", "true"], ids=["by hand", "on a CI service"])
def test_a_wrong_answer_fails_with_the_learners_screen_once(run, course: Path, monkeypatch, service: str) -> None:
    monkeypatch.setenv("CI", service)
    monkeypatch.setenv("BUILD_NUMBER", "")
    write(course, "hf_load", wrong("reshaped"))
    result = run("katas/hf_load", "--junit-xml=r.xml")
    result.assert_outcomes(passed=2, failed=4)
    failures = ElementTree.parse(course / "r.xml").getroot().findall(".//failure")
    assert next(failure.get("message") for failure in failures) == "3 of 4 values differ, the first at [0]."
    text = result.stdout.str()
    assert text.count("This is a known mistake. Your kernel has Flax's shape") == 1
    assert "3 of 4 values differ, the first at [0]." in text
    assert "It was not run: hidden cases run only after every shown case passes." in text
    assert "Traceback" not in text and "pytest_plugin.py" not in text
    # The first item that runs shows the screen.
    one = run("-k", "cycle", "katas/hf_load")
    one.assert_outcomes(failed=1, deselected=5)
    assert "This is a known mistake" in one.stdout.str()


def test_right_numbers_alone_do_not_pass(run, course: Path) -> None:
    write(course, "split_merge", wrong("never_split"))
    result = run("katas/split_merge")
    result.assert_outcomes(passed=4, failed=1)
    assert "The numbers are right, but" in result.stdout.str()


def test_what_is_not_written_yet_fails_with_a_line(run, course: Path) -> None:
    result = run("katas/split_merge/kata.yaml::1 one output")
    result.assert_outcomes(failed=1)
    assert "is not written yet" in result.stdout.str()


def test_a_syntax_error_fails_every_item(run, course: Path) -> None:
    write(course, "hf_load", "def load_hf_weights(:\n")
    result = run("katas/hf_load")
    result.assert_outcomes(failed=6)
    assert "hf_load.py" in result.stdout.str()


def test_what_an_answer_prints_is_shown(run, course: Path) -> None:
    write(course, "hf_load", wrong("reshaped").replace("    return", "    print('kernel', weight.shape)\n    return"))
    result = run("-k", "identity", "katas/hf_load")
    result.stdout.fnmatch_lines(["*Captured stdout call*", "kernel (4, 3)"])


def test_a_broken_program_is_an_error_and_no_failure(run, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    not_a_folder = course / "file"
    not_a_folder.write_text("")
    monkeypatch.setenv("KATAS_CACHE", str(not_a_folder / "cache"))
    result = run("katas/hf_load")
    result.assert_outcomes(errors=6)
    assert "error:" in result.stdout.str()


def test_a_broken_kata_is_told_by_the_program(run, course: Path) -> None:
    (course / "katas" / "hf_load" / "kata.yaml").write_text("format: 1\n")
    result = run("katas/hf_load")
    assert result.ret != 0
    assert "kata.yaml" in result.stdout.str() and "Traceback" not in result.stdout.str()


def test_other_files_are_left_alone(run, course: Path) -> None:
    (course / "other").mkdir()
    (course / "other" / "kata.yaml").write_text("format: 1\n")
    run("other").assert_outcomes()
