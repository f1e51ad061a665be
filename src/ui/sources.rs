//! Where the elements of an output come from: the right answer's beside the learner's.

use colored::Colorize;

use super::table::{self, Align};
use super::words;
use crate::diagnose::SourceGrid;

/// The two grids side by side, or one below the other where they are too wide; a star marks what differs.
pub(super) fn sources(grid: &SourceGrid, columns: usize) -> String {
    let of = grid.array.as_ref().map(|name| format!(" of {name}"));
    let of = of.unwrap_or_default();
    let right = block(grid, &grid.right, &format!("right: the element{of}"));
    let yours = block(grid, &grid.yours, "yours (* differs)");
    let wide = widest(&right);
    let mut lines: Vec<String> = match wide + widest(&yours) + 9 <= columns {
        true => right
            .iter()
            .zip(&yours)
            .map(|(right, yours)| {
                let room = " ".repeat(wide - words::width(right));
                format!("  {right}{room}   │   {yours}")
                    .trim_end()
                    .to_owned()
            })
            .collect(),
        false => yours.iter().map(|line| format!("  {line}")).collect(),
    };
    let (rows, across) = grid.of;
    if rows > grid.right.len() || grid.right.first().is_some_and(|row| across > row.len()) {
        lines.push(format!("  ({rows} by {across} in all)"));
    }
    lines.join("\n")
}

fn block(grid: &SourceGrid, cells: &[Vec<String>], title: &str) -> Vec<String> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    if !grid.heads.is_empty() {
        let heads = grid.heads.iter().map(|head| format!("{head} "));
        rows.push(std::iter::once(String::new()).chain(heads).collect());
    }
    for (row, label) in grid.labels.iter().enumerate() {
        let names = cells[row].iter().zip(&grid.right[row]);
        let names = names.map(|(name, right)| match name == right {
            true => format!("{name} "),
            false => format!("{}*", name.yellow()),
        });
        rows.push(std::iter::once(label.clone()).chain(names).collect());
    }
    let wide = rows.first().map_or(0, Vec::len);
    let body = table::render(&rows, &vec![Align::Left; wide], 0);
    let mut lines = vec![title.to_owned()];
    lines.extend(body.lines().map(str::to_owned));
    lines
}

fn widest(lines: &[String]) -> usize {
    lines
        .iter()
        .map(|line| words::width(line))
        .max()
        .unwrap_or(0)
}
