"""Parses the numbers on a learner's screen: a table of values, or two matrices side by side.

A record contains the values of outputs only in the text of the screen, so `page` gets them from here to color them. If
a screen has no table, or one in an unknown layout, no numbers are found, and the page shows only the screen's text.
"""

import math
import re
from dataclasses import dataclass

#: The separator of two columns.
_GAP = re.compile(r"\s{2,}")
_TABLE = re.compile(r"^ +index  +expected  +got(  +distance)?(  +expected bits  +got bits)?$")
_MATRICES = re.compile(r"^  expected +got \(\* differs\)$")


@dataclass(frozen=True)
class Cell:
    """A number as shown, and its distance from the expected one: 0 is the same, 1 is completely different."""

    text: str
    heat: float


@dataclass(frozen=True)
class Table:
    """The rows around the first difference."""

    header: tuple[str, ...]
    #: For each row, its cells as shown, and the heat of the answer's value.
    rows: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True)
class Matrices:
    """A part of the expected matrix and the same part of the answer's."""

    expected: tuple[tuple[str, ...], ...]
    got: tuple[tuple[Cell, ...], ...]


def heat(expected: str, got: str) -> float:
    """The distance of two numbers, from 0 to 1, by the logarithm of their relative difference."""
    if expected == got:
        return 0.0
    try:
        want, have = float(expected), float(got)
    except ValueError:
        return 1.0
    size = max(abs(want), abs(have))
    if not math.isfinite(size) or math.isnan(want - have):
        return 1.0
    # The texts are equal but the numbers differ, such as the two zeros.
    apart = abs(want - have) / size if size else 0.0
    # From 1/8 for a difference of 1e-8 or less to 1 for a difference of 0.1 or more.
    return 0.125 + 0.875 * min(1.0, max(0.0, 1 + (math.log10(apart) + 1) / 7)) if apart else 0.125


def picture(screen: str) -> Table | Matrices | None:
    """Finds the first table or pair of matrices on a screen."""
    lines = screen.splitlines()
    for place, line in enumerate(lines):
        found: Table | Matrices | None = None
        if _TABLE.match(line):
            found = _table(line, lines[place + 1 :])
        elif _MATRICES.match(line):
            found = _matrices(line.index("got"), lines[place + 1 :])
        if found is not None:
            return found
    return None


def _table(header: str, lines: list[str]) -> Table | None:
    titles = tuple(_GAP.split(header.strip()))
    rows = []
    for line in lines:
        cells = tuple(_GAP.split(line.removeprefix("  >").strip()))
        if len(cells) != len(titles) or not cells[0].startswith("["):
            break
        is_same = "distance" in titles and cells[titles.index("distance")] == "same"
        rows.append((cells, 0.0 if is_same else heat(cells[1], cells[2])))
    return Table(titles, tuple(rows)) if rows else None


def _matrices(middle: int, lines: list[str]) -> Matrices | None:
    expected, got = [], []
    for line in lines:
        left, right = line[:middle].split(), line[middle:].split()
        if not left or len(left) != len(right) or not line.startswith("  ") or left[0] in ("at", "(rows"):
            break
        expected.append(tuple(left))
        got.append(tuple(map(_marked, left, right)))
    return Matrices(tuple(expected), tuple(got)) if got else None


def _marked(want: str, have: str) -> Cell:
    """A cell of the answer's matrix; a star marks a difference."""
    text = have.removesuffix("*")
    return Cell(text, heat(want, text) if have.endswith("*") else 0.0)
