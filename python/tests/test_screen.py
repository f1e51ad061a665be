"""The numbers of a screen, from the snapshots of the program's own tests."""

import math

import pytest
from katas.screen import Matrices, Table, heat, picture

from .conftest import REPOSITORY

TABLE = """\
Case 1, one: 1 of 3 values differs, the first at [1], in the part `weights`.

     index        expected        got  distance    expected bits  got bits
     [0] NNX sum         1          1  same        0x3f800000     0x3f800000
  >  [1] weights         2          4  > 9999 ulp  0x40000000     0x40800000
     [2]                 1  1.0000001  1 ulp       0x3f800000     0x3f800001
  (4 values after)
"""

MATRICES = """\
  expected    got (* differs)
  0  1  2     0   2*  4*
  3  4  5     1*  3*  5
  at [0, 1]: expected bits 0x3f800000, got 0x40000000
"""


def test_a_table() -> None:
    table = picture(TABLE)
    assert isinstance(table, Table)
    assert table.header == ("index", "expected", "got", "distance", "expected bits", "got bits")
    assert [cells[:4] for cells, _ in table.rows] == [
        ("[0] NNX sum", "1", "1", "same"),
        ("[1] weights", "2", "4", "> 9999 ulp"),
        ("[2]", "1", "1.0000001", "1 ulp"),
    ]
    same, far, near = (heat for _, heat in table.rows)
    assert same == 0 and far == 1 and 0.1 < near < 0.4


def test_matrices() -> None:
    found = picture(MATRICES)
    assert isinstance(found, Matrices)
    assert found.expected == (("0", "1", "2"), ("3", "4", "5"))
    assert [[cell.text for cell in row] for row in found.got] == [["0", "2", "4"], ["1", "3", "5"]]
    assert [[cell.heat > 0 for cell in row] for row in found.got] == [[False, True, True], [True, True, False]]


def test_no_table() -> None:
    assert picture("") is None
    assert picture("hf_load: passed. All 8 cases match, bit for bit.\n") is None
    assert picture("     index  expected  got  distance\nsomething else\n") is None


def test_the_screens_of_the_program_are_understood() -> None:
    """Every table in the program's snapshots is parsed, so that this test fails for a new layout."""
    tables = 0
    for file in sorted((REPOSITORY / "tests" / "snapshots").glob("*.snap")):
        text = file.read_text(encoding="utf-8")
        if " index " in text and "  got" in text and "  >  [" in text:
            found = picture(text)
            assert isinstance(found, Table), file.name
            assert any(heat > 0 for _, heat in found.rows), file.name
            tables += 1
    assert tables >= 5


@pytest.mark.parametrize(
    ("expected", "got", "least", "most"),
    [
        ("1", "1", 0, 0),
        ("0", "-0", 0.125, 0.125),
        ("1", "1.0000001", 0.125, 0.4),
        ("1", "1.001", 0.5, 0.8),
        ("1", "2", 1, 1),
        ("1", "NaN", 1, 1),
        ("1", "inf", 1, 1),
        ("true", "false", 1, 1),
    ],
)
def test_heat(expected: str, got: str, least: float, most: float) -> None:
    assert least <= heat(expected, got) <= most


def test_heat_grows_with_the_difference() -> None:
    heats = [heat("1", str(1 + 10.0**-place)) for place in range(1, 9)]
    assert heats == sorted(heats, reverse=True)
    assert all(math.isfinite(one) for one in heats)
