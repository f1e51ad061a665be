//! A table of aligned columns.

use super::words;

/// How a column is aligned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Rows of cells, aligned by the widest cell of each column; cells may contain color codes.
pub(super) fn render(rows: &[Vec<String>], align: &[Align], indent: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| words::width(cell))
                .max()
        })
        .map(|widest| widest.unwrap_or(0))
        .collect();
    let lines = rows.iter().map(|row| {
        let mut line = " ".repeat(indent);
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                line.push_str("  ");
            }
            let room = " ".repeat(widths[column] - words::width(cell));
            match align.get(column) {
                Some(Align::Right) => line.push_str(&(room + cell)),
                _ => line.push_str(&(cell.clone() + &room)),
            }
        }
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
