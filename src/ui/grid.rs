//! A wrong matrix: the expected one and the answer's, with stars at the cells that differ.

use std::ops::Range;

use super::numbers::number;
use super::table::{self, Align};
use super::words;
use crate::array::{Array, coordinates, hex};
use crate::compare::Differences;

/// The number of rows and columns shown before the first difference, and the maximum in all.
const BEFORE: usize = 2;
const MOST: usize = 7;

/// The minimum number of columns for which two matrices are shown side by side.
const BESIDE: usize = 3;

/// The two matrices in at most `most` lines; `None` if there is no room for them.
pub(super) fn grid(
    expected: &Array,
    got: &Array,
    differences: &Differences,
    columns: usize,
    most: usize,
) -> Option<String> {
    let &[height, width] = expected.shape() else {
        return None;
    };
    let first = coordinates(differences.first, expected.shape()).unwrap_or_default();
    let around = |rows: usize, wide: usize| {
        (
            window(first[0], height, rows),
            window(first[1], width, wide),
        )
    };
    // Lines besides the rows: a header for each matrix, the bits of the first difference, and the position of the
    // window if it is only a part.
    let rows = |headers: usize, wide: usize| {
        let whole = most.saturating_sub(headers + 1) / headers;
        let part = most.saturating_sub(headers + 2) / headers;
        let is_whole = whole.min(MOST) >= height && wide >= width;
        if is_whole { whole } else { part }.min(MOST)
    };
    let beside = |wide: usize| {
        let (down, across) = around(rows(1, wide), wide);
        let [left, right] = pictures(expected, got, differences, &down, &across)?;
        let wide = widest(&left).max(8);
        let fits = wide + widest(&right) + 6 <= columns;
        fits.then(|| {
            let mut lines = vec![format!("  {:wide$}    got (* differs)", "expected")];
            for (left, right) in left.iter().zip(&right) {
                let room = " ".repeat(wide - words::width(left));
                lines.push(format!("  {left}{room}    {right}"));
            }
            (lines, down, across)
        })
    };
    let above = |wide: usize| {
        let (down, across) = around(rows(2, wide), wide);
        let [left, right] = pictures(expected, got, differences, &down, &across)?;
        let fits = widest(&left).max(widest(&right)) + 2 <= columns;
        fits.then(|| {
            let mut lines = vec!["  expected".to_owned()];
            lines.extend(left.iter().map(|line| format!("  {line}")));
            lines.push("  got (* differs)".to_owned());
            lines.extend(right.iter().map(|line| format!("  {line}")));
            (lines, down, across)
        })
    };
    let all = MOST.min(width);
    let drawn = (BESIDE.min(all)..=all).rev().find_map(beside);
    let drawn = drawn.or_else(|| (1..=all).rev().find_map(above));
    let (mut lines, down, across) = drawn?;
    if down.len() < height || across.len() < width {
        lines.push(format!(
            "  (rows {}–{} of {height}, columns {}–{} of {width})",
            down.start,
            down.end - 1,
            across.start,
            across.end - 1
        ));
    }
    let (want, have) = (
        expected.bits(differences.first),
        got.bits(differences.first),
    );
    let dtype = expected.dtype();
    lines.push(format!(
        "  at [{}, {}]: expected bits {}, got {}",
        first[0],
        first[1],
        hex(dtype, want),
        hex(dtype, have)
    ));
    Some(lines.join("\n"))
}

/// A window around an index.
fn window(at: usize, length: usize, count: usize) -> Range<usize> {
    let before = BEFORE.min(count.saturating_sub(1) / 3);
    let start = at.saturating_sub(before).min(length.saturating_sub(count));
    start..(start + count).min(length)
}

/// Both matrices, with one line per row; `None` if there is no room for a row.
fn pictures(
    expected: &Array,
    got: &Array,
    differences: &Differences,
    down: &Range<usize>,
    across: &Range<usize>,
) -> Option<[Vec<String>; 2]> {
    if down.is_empty() {
        return None;
    }
    let width = expected.shape()[1];
    let differs = |index: usize| differences.listed.iter().any(|item| item.index == index);
    let picture = |array: &Array, mark: bool| -> Vec<String> {
        let rows: Vec<Vec<String>> = down
            .clone()
            .map(|row| {
                let cells = across.clone().map(|column| {
                    let index = row * width + column;
                    let text = number(array.dtype(), array.bits(index));
                    match (mark, differs(index)) {
                        (true, true) => format!("{text}*"),
                        (true, false) => format!("{text} "),
                        (false, _) => text,
                    }
                });
                cells.collect()
            })
            .collect();
        let text = table::render(&rows, &vec![Align::Right; across.len()], 0);
        text.lines().map(str::to_owned).collect()
    };
    Some([picture(expected, false), picture(got, true)])
}

fn widest(lines: &[String]) -> usize {
    let widths = lines.iter().map(|line| words::width(line));
    widths.max().unwrap_or(0)
}
