"""The extension in a real kernel: the output of each cell."""

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from katas import program

from .conftest import solution, wrong


def outputs(course: Path, *cells: str) -> list[dict[str, Any]]:
    """Runs cells after `%load_ext katas`; returns the text, the HTML and the error of each."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(text) for text in ("%load_ext katas", *cells)]
    NotebookClient(notebook, timeout=300, allow_errors=True, resources={"metadata": {"path": str(course)}}).execute()
    seen = []
    for cell in notebook.cells[1:]:
        one: dict[str, Any] = {"text": "", "html": "", "error": ""}
        for output in cell.outputs:
            if output.output_type == "stream":
                one["text"] += output.text
            elif output.output_type == "display_data":
                one["text"] += output.data["text/plain"]
                one["html"] += output.data["text/html"]
            elif output.output_type == "error":
                one["error"] += output.evalue
        seen.append(one)
    return seen


def keep(name: str, html: str) -> None:
    """Writes a page for a person to look at, on the light and on the dark background of a notebook."""
    folder = os.environ.get("KATAS_PAGES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for ground, colors in [("light", "color: #111; background: #fff"), ("dark", "color: #ddd; background: #111")]:
            text = f"<meta charset='utf-8'><body style='font-family: sans-serif; font-size: 14px; {colors}'>{html}"
            (Path(folder) / f"{name}-{ground}.html").write_text(text, encoding="utf-8")


def test_from_a_wrong_answer_to_a_right_one(course: Path) -> None:
    bad, hint, good, listed = outputs(
        course, "%%kata hf_load\n" + wrong("reshaped"), "%hint", "%%kata hf_load\n" + solution("hf_load"), "%katas list"
    )
    assert [one["error"] for one in (bad, hint, good, listed)] == [""] * 4
    assert "hf_load: not yet. 2 of 8 cases passed." in bad["text"]
    assert "%hint hf_load  " in bad["text"] and "katas hint" not in bad["text"]
    assert "%katas show hf_load  " in bad["text"]
    for part in ["identity selector", "Case 1, identity selector", "9999 ulp", "This is a known mistake."]:
        assert part in bad["html"], part
    # The three numbers that differ, and not the fourth.
    assert bad["html"].count("style='background") == 3
    keep("wrong", bad["html"])
    assert "hf_load, hint" in hint["text"]
    assert "hf_load: passed. All 8 cases match, bit for bit." in good["text"]
    assert "eight by eight (hidden)" in good["html"] and "style='background" not in good["html"]
    keep("right", good["html"])
    assert "1 of 3" in listed["text"]
    # The starter and the notebook's own last text get no backup.
    assert list(course.rglob("*.backup")) == []
    assert (course / "katas/hf_load/hf_load.py").read_text(encoding="utf-8") == solution("hf_load")
    assert "1 of 3" in program.call(["list"], course)[1]


def test_what_was_written_elsewhere_is_kept(course: Path) -> None:
    answer = course / "katas/hf_load/hf_load.py"
    answer.write_text("mine = 1\n", encoding="utf-8")
    (one,) = outputs(course, "%%kata hf_load\n" + solution("hf_load"))
    (backup,) = answer.parent.glob("hf_load.py.*.backup")
    assert backup.read_text(encoding="utf-8") == "mine = 1\n"
    assert f"Your old file is katas/hf_load/{backup.name}" in one["text"]
    assert "passed" in one["html"]


def test_mistakes_of_the_answer(course: Path) -> None:
    syntax, raised, unwritten = outputs(
        course,
        "%%kata hf_load\ndef load_hf_weights(:\n    pass\n",
        "%%kata hf_load\n" + wrong("reshaped").replace("    return", "    raise ValueError('<b>no</b>')\n    return"),
        "%%kata split_merge\n" + (course / "katas/split_merge/starter.py").read_text(encoding="utf-8"),
    )
    assert [one["error"] for one in (syntax, raised, unwritten)] == [""] * 3
    assert "line 1" in syntax["html"]
    keep("syntax", syntax["html"])
    assert "&lt;b&gt;no&lt;/b&gt;" in raised["html"] and "<b>no</b>" not in raised["html"]
    keep("raised", raised["html"])
    assert "not written yet" in unwritten["text"]


def test_mistakes_of_the_cell(course: Path) -> None:
    unnamed, unknown, outside = outputs(
        course,
        "%%kata\nx = 1",
        "%%kata hf_laod\nx = 1",
        "%cd ..\n%hint",
    )
    # IPython prints a usage error, without a traceback.
    assert "UsageError: Name the kata" in unnamed["text"]
    assert "no kata `hf_laod`" in unknown["text"]
    assert "no course" in outside["text"] and "Traceback" not in outside["text"]
    (elsewhere,) = outputs(course.parent, "%%kata hf_load\nx = 1")
    assert "no course in this folder" in elsewhere["text"]
    assert "Traceback" not in elsewhere["text"] + elsewhere["error"]


def test_what_the_program_cannot_do_is_no_verdict(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    not_a_folder = course / "file"
    not_a_folder.write_text("")
    monkeypatch.setenv("KATAS_CACHE", str(not_a_folder / "cache"))
    (one,) = outputs(course, "%%kata hf_load\n" + solution("hf_load"))
    assert one["error"] == ""
    assert "not judged" in one["html"] and "error:" in one["text"]
    assert "passed" not in one["html"]
    keep("not_judged", one["html"])
