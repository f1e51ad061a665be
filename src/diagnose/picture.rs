//! Pictures: small excerpts of outputs and inputs as plain data. `ui` draws them.
//!
//! Excerpts are taken here, around the first difference, so that a picture of a large output is small.

use std::ops::Range;

use super::pair::Pair;
use crate::array::Dtype;

/// The maximum number of rows and columns of a grid.
const ROWS: usize = 4;
const COLUMNS: usize = 5;

/// The maximum number of numbers in a line.
const LINE: usize = 6;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Two matrices side by side.
    Grids { left: Grid, right: Grid },
    /// Where each part of the expected output is in the answer.
    Permutation {
        /// What is moved, in the singular: "row".
        noun: String,
        /// For each position in the answer, the position in the expected output where its contents belong.
        belongs: Vec<usize>,
        /// The total number, including those left out.
        of: usize,
    },
    /// Rows of numbers, aligned.
    Lines {
        lines: Vec<Line>,
        /// The index of the first number shown.
        start: usize,
        of: usize,
    },
    /// Where each element of an output comes from.
    Sources(SourceGrid),
}

/// Where elements of an output come from, in the right outputs and in the answer's, as names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceGrid {
    /// The array that all elements come from; if there are several, each element has the name of its own.
    pub array: Option<String>,
    /// The name of each row.
    pub labels: Vec<String>,
    /// The name of each column; empty if they have none.
    pub heads: Vec<String>,
    /// The names of the elements, row by row.
    pub right: Vec<Vec<String>>,
    /// The same for the answer.
    pub yours: Vec<Vec<String>>,
    /// The number of rows and columns of the whole grid.
    pub of: (usize, usize),
}

/// A part of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Its title: "expected".
    pub title: String,
    /// The dtype of its cells.
    pub dtype: Dtype,
    /// The bits of the cells, row by row.
    pub rows: Vec<Vec<u64>>,
    /// The cells to mark, by row and column of `rows`.
    pub marked: Vec<(usize, usize)>,
    /// The number of rows and columns of the whole matrix.
    pub of: (usize, usize),
}

/// A titled row of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub title: String,
    pub dtype: Dtype,
    pub bits: Vec<u64>,
    /// The indices in `bits` to mark.
    pub marked: Vec<usize>,
}

/// Creates a picture of the expected and the answer's matrix.
pub(super) fn grids(pair: &Pair<'_>, height: usize, width: usize) -> Option<Picture> {
    let first = *pair.differing.first()?;
    let down = window(first / width, height, ROWS);
    let across = window(first % width, width, COLUMNS);
    let grid = |title: &str, bits: &[u64], mark: bool| {
        let places = down
            .clone()
            .map(|row| across.clone().map(move |column| row * width + column));
        let mut marked = Vec::new();
        let mut rows = Vec::new();
        for (row, indices) in places.enumerate() {
            let mut cells = Vec::new();
            for (column, index) in indices.enumerate() {
                cells.push(*bits.get(index)?);
                if mark && !pair.accepts(index, pair.expected[index], pair.got()[index]) {
                    marked.push((row, column));
                }
            }
            rows.push(cells);
        }
        Some(Grid {
            title: title.to_owned(),
            dtype: pair.dtype,
            rows,
            marked,
            of: (height, width),
        })
    };
    Some(Picture::Grids {
        left: grid("expected", &pair.expected, false)?,
        right: grid("got", pair.got(), true)?,
    })
}

/// Creates a picture of matrices if the output is one, and of rows of numbers otherwise.
pub(super) fn beside(pair: &Pair<'_>) -> Option<Picture> {
    match pair.shape.as_slice() {
        &[height, width] if height > 1 && width > 1 => grids(pair, height, width),
        _ => lines(pair, Vec::new()),
    }
}

/// Creates a picture of the expected and the answer's numbers, and further rows of the same length.
pub(super) fn lines(pair: &Pair<'_>, further: Vec<(String, Vec<u64>)>) -> Option<Picture> {
    let first = *pair.differing.first()?;
    let seen = window(first, pair.expected.len(), LINE);
    let line = |title: String, bits: &[u64], mark: bool| {
        let marked = seen
            .clone()
            .filter(|index| mark && pair.differing.binary_search(index).is_ok());
        Line {
            title,
            dtype: pair.dtype,
            bits: seen
                .clone()
                .filter_map(|index| bits.get(index).copied())
                .collect(),
            marked: marked.map(|index| index - seen.start).collect(),
        }
    };
    let mut lines = vec![
        line("expected".to_owned(), &pair.expected, false),
        line("got".to_owned(), pair.got(), true),
    ];
    lines.extend(
        further
            .into_iter()
            .map(|(title, bits)| line(title, &bits, false)),
    );
    Some(Picture::Lines {
        lines,
        start: seen.start,
        of: pair.expected.len(),
    })
}

/// Creates a picture of a permutation, truncated to one line.
pub(super) fn permutation(noun: &str, belongs: &[usize]) -> Picture {
    Picture::Permutation {
        noun: noun.to_owned(),
        belongs: belongs.iter().copied().take(12).collect(),
        of: belongs.len(),
    }
}

/// Creates a picture of sources around one of them.
pub(super) fn sources(
    array: Option<String>,
    labels: Vec<String>,
    heads: Vec<String>,
    right: Vec<Vec<String>>,
    yours: Vec<Vec<String>>,
    at: (usize, usize),
) -> Picture {
    let of = (right.len(), right.first().map_or(0, Vec::len));
    let down = window(at.0, of.0, ROWS);
    let across = window(at.1, of.1, COLUMNS);
    let part = |grid: Vec<Vec<String>>| -> Vec<Vec<String>> {
        let rows = grid.into_iter().skip(down.start).take(down.len());
        rows.map(|row| {
            row.into_iter()
                .skip(across.start)
                .take(across.len())
                .collect()
        })
        .collect()
    };
    Picture::Sources(SourceGrid {
        array,
        labels: labels
            .into_iter()
            .skip(down.start)
            .take(down.len())
            .collect(),
        heads: heads
            .into_iter()
            .skip(across.start)
            .take(across.len())
            .collect(),
        right: part(right),
        yours: part(yours),
        of,
    })
}

/// Chooses a window around an index, with one element before it if possible.
fn window(at: usize, length: usize, most: usize) -> Range<usize> {
    let start = at.saturating_sub(1).min(length.saturating_sub(most));
    start..(start + most).min(length)
}
