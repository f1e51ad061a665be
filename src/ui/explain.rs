//! An explanation on the screen: what it is, what it means, and a small picture, in a bounded number of lines.

use colored::Colorize;

use super::fit::cut;
use super::numbers::number;
use super::sources::sources;
use super::table::{self, Align};
use super::words;
use crate::array::Dtype;
use crate::diagnose::{Certainty, Explanation, Grid, Line, Picture};

/// The text for an answer that no explanation fits.
const UNEXPLAINED: &str = "No known mistake produces this output. Start at the first difference.";

/// The caption of numbers in rows, because the table above them shows the same case in another form.
const CAPTION: &str = "  What this explanation is about (* differs):";

/// The narrowest screen with room for a picture.
const NARROW: usize = 50;

/// Formats the explanations in at most `most` lines, or says that there is none.
///
/// If not everything fits, pictures are left out first, then the second explanation, and the text of the first one
/// last.
pub(super) fn explain(explanations: &[Explanation], columns: usize, most: usize) -> Vec<String> {
    let Some((first, others)) = explanations.split_first() else {
        return cut(&words::wrap(UNEXPLAINED, columns, 0), most, columns);
    };
    let mut text = said(first, columns);
    if height(&text) > most {
        return cut(&text, most, columns);
    }
    if let Some(picture) = first.picture.as_ref().filter(|_| columns >= NARROW) {
        let drawn = draw(picture, columns);
        let fits = height(&text) + height(&drawn) <= most;
        let wide = drawn.lines().any(|line| words::width(line) > columns);
        if fits && !wide && !drawn.is_empty() {
            text = format!("{text}\n{drawn}");
        }
    }
    for other in others {
        let next = said(other, columns);
        if height(&text) + 1 + height(&next) <= most {
            text = format!("{text}\n\n{next}");
        }
    }
    text.lines().map(str::to_owned).collect()
}

/// The number of lines of the text of the first explanation.
pub(super) fn words_of(explanations: &[Explanation], columns: usize) -> usize {
    let first = explanations.first();
    first.map_or(usize::MAX, |first| height(&said(first, columns)))
}

fn height(text: &str) -> usize {
    text.lines().count()
}

/// "This is …" followed by the text; the lead is bold, not only colored.
fn said(explanation: &Explanation, columns: usize) -> String {
    let lead = words::unbroken(&explanation.lead());
    let lead = if words::width(&lead) < columns {
        lead
    } else {
        explanation.lead()
    };
    let lead = match explanation.certainty {
        Certainty::ThisIs => lead.bold(),
        Certainty::LooksLike => lead.normal(),
    };
    words::wrap(&format!("{lead} {}", explanation.text), columns, 0)
}

/// A picture, indented by two columns.
fn draw(picture: &Picture, columns: usize) -> String {
    match picture {
        Picture::Grids { left, right } => grids(left, right),
        Picture::Permutation { noun, belongs, of } => permutation(noun, belongs, *of),
        Picture::Lines { lines, start, of } => lines_of(lines, *start, *of, columns),
        Picture::Sources(grid) => sources(grid, columns),
    }
}

/// Two matrices side by side; a star marks the cells that differ.
fn grids(left: &Grid, right: &Grid) -> String {
    let block = |grid: &Grid, title: &str| -> Vec<String> {
        let rows: Vec<Vec<String>> = grid
            .rows
            .iter()
            .enumerate()
            .map(|(row, cells)| {
                let cells = cells.iter().enumerate().map(|(column, bits)| {
                    cell(grid.dtype, *bits, grid.marked.contains(&(row, column)))
                });
                let more = grid.of.1 > cells.len();
                cells.chain(more.then(|| "… ".to_owned())).collect()
            })
            .collect();
        let wide = rows.first().map_or(0, Vec::len);
        let body = table::render(&rows, &vec![Align::Right; wide], 0);
        let mut lines = vec![title.to_owned()];
        lines.extend(body.lines().map(str::to_owned));
        lines
    };
    let marked = !right.marked.is_empty();
    let got = match marked {
        true => format!("{} (* differs)", right.title),
        false => right.title.clone(),
    };
    let (left_lines, right_lines) = (block(left, &left.title), block(right, &got));
    let wide = left_lines.iter().map(|line| words::width(line)).max();
    let wide = wide.unwrap_or(0);
    let mut drawn: Vec<String> = left_lines
        .iter()
        .zip(&right_lines)
        .map(|(left, right)| {
            let room = " ".repeat(wide - words::width(left));
            format!("  {left}{room}   │   {right}")
                .trim_end()
                .to_owned()
        })
        .collect();
    if left.of.0 > left.rows.len() {
        drawn.push(format!("  ({} by {} in all)", left.of.0, left.of.1));
    }
    drawn.join("\n")
}

/// The position of each part, as two rows of numbers; a part that has not moved is a dot.
fn permutation(noun: &str, belongs: &[usize], of: usize) -> String {
    let more = (of > belongs.len()).then(|| "…".to_owned());
    let at: Vec<String> = (0..belongs.len()).map(|at| at.to_string()).collect();
    let place = belongs.iter().enumerate().map(|(at, place)| {
        if at == *place {
            "·".to_owned()
        } else {
            place.to_string()
        }
    });
    let row = |title: String, cells: Vec<String>| -> Vec<String> {
        [title]
            .into_iter()
            .chain(cells)
            .chain(more.clone())
            .collect()
    };
    let rows = [
        row(format!("your {noun}"), at),
        row("should be at".to_owned(), place.collect()),
    ];
    let align: Vec<Align> = [Align::Left]
        .into_iter()
        .chain(vec![Align::Right; of])
        .collect();
    table::render(&rows, &align, 2)
}

/// Rows of numbers, one below another, as many as fit.
fn lines_of(lines: &[Line], start: usize, of: usize, columns: usize) -> String {
    let longest = lines.iter().map(|line| line.bits.len()).max().unwrap_or(0);
    let drawn = |count: usize| {
        let before = (start > 0).then(|| "…".to_owned());
        let more = (start + count < of).then(|| "…".to_owned());
        let rows: Vec<Vec<String>> = lines
            .iter()
            .map(|line| {
                let cells = line.bits.iter().take(count).enumerate();
                let cells =
                    cells.map(|(at, bits)| cell(line.dtype, *bits, line.marked.contains(&at)));
                [line.title.clone()]
                    .into_iter()
                    .chain(before.clone())
                    .chain(cells)
                    .chain(more.clone())
                    .collect()
            })
            .collect();
        let align: Vec<Align> = [Align::Left]
            .into_iter()
            .chain(vec![Align::Right; longest + 2])
            .collect();
        table::render(&rows, &align, 2)
    };
    let fits = |text: &String| text.lines().all(|line| words::width(line) <= columns);
    let fitting = (1..=longest).rev().map(drawn).find(fits);
    let marked = lines.iter().any(|line| !line.marked.is_empty());
    match fitting {
        Some(drawn) if marked => format!("{CAPTION}\n{drawn}"),
        drawn => drawn.unwrap_or_default(),
    }
}

/// A number with room for its mark.
fn cell(dtype: Dtype, bits: u64, marked: bool) -> String {
    let text = number(dtype, bits);
    if marked {
        format!("{}*", text.yellow())
    } else {
        format!("{text} ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::Subject;

    fn explanation(certainty: Certainty, text: &str, picture: Option<Picture>) -> Explanation {
        Explanation {
            certainty,
            subject: Subject::Cause("transposed"),
            what: "the right matrix, transposed".to_owned(),
            text: text.to_owned(),
            hint: None,
            explains: vec![0],
            wrong: 2,
            picture,
        }
    }

    #[track_caller]
    fn check(explanations: &[Explanation], columns: usize, most: usize, expected: &[&str]) {
        // Color is a setting of the whole process, and other tests turn it on.
        let lines = explain(explanations, columns, most);
        let lines: Vec<_> = lines.iter().map(|line| words::strip(line)).collect();
        assert_eq!(lines, expected);
    }

    fn grid(title: &str, values: [f32; 4], marked: &[(usize, usize)]) -> Grid {
        let bits = values.map(|value| u64::from(value.to_bits()));
        Grid {
            title: title.to_owned(),
            dtype: Dtype::F32,
            rows: bits.chunks(2).map(<[u64]>::to_vec).collect(),
            marked: marked.to_vec(),
            of: (2, 2),
        }
    }

    #[test]
    fn grids_stand_side_by_side() {
        let picture = Picture::Grids {
            left: grid("expected", [1.0, 2.0, 3.0, 4.0], &[]),
            right: grid("got", [1.0, 3.0, 2.0, 4.0], &[(0, 1), (1, 0)]),
        };
        let first = explanation(Certainty::ThisIs, "Look there.", Some(picture));
        let said = "This is the right matrix, transposed, in 1 of the 2 wrong cases. Look there.";
        check(
            std::slice::from_ref(&first),
            90,
            8,
            &[
                said,
                "  expected   │   got (* differs)",
                "  1   2      │   1   3*",
                "  3   4      │   2*  4",
            ],
        );
        // Text comes before pictures, and before a second explanation.
        check(std::slice::from_ref(&first), 90, 3, &[said]);
        let second = explanation(Certainty::LooksLike, "Or there.", None);
        let also =
            "This looks like the right matrix, transposed, in 1 of the 2 wrong cases. Or there.";
        check(
            &[first.clone(), second.clone()],
            90,
            5,
            &[
                said,
                "  expected   │   got (* differs)",
                "  1   2      │   1   3*",
                "  3   4      │   2*  4",
            ],
        );
        check(&[second.clone(), second], 90, 3, &[also, "", also]);
    }

    #[test]
    fn permutations_and_lines_are_rows_of_numbers() {
        let moved = Picture::Permutation {
            noun: "row".to_owned(),
            belongs: vec![2, 1, 0],
            of: 5,
        };
        assert_eq!(
            draw(&moved, 80),
            "  your row      0  1  2  …\n  should be at  2  ·  0  …"
        );
        let line = |title: &str, values: [f32; 3], marked: &[usize]| Line {
            title: title.to_owned(),
            dtype: Dtype::F32,
            bits: values.map(|value| u64::from(value.to_bits())).to_vec(),
            marked: marked.to_vec(),
        };
        let lines = Picture::Lines {
            lines: vec![
                line("expected", [7.0, 5.0, 1.0], &[]),
                line("got", [6.0, 6.0, 1.0], &[0, 1]),
                line("b", [1.0, -1.0, 0.0], &[]),
            ],
            start: 1,
            of: 9,
        };
        assert_eq!(
            words::strip(&draw(&lines, 80)),
            format!(
                "{CAPTION}\n  expected  …  7    5   1   …\n  got       …  6*   6*  1   …\n  b         …  1   -1   0   …"
            )
        );
        assert_eq!(
            words::strip(&draw(&lines, 26)),
            format!(
                "{CAPTION}\n  expected  …  7    5   …\n  got       …  6*   6*  …\n  b         …  1   -1   …"
            )
        );
    }

    #[test]
    fn unexplained_outputs_are_reported_as_such() {
        check(&[], 80, 8, &[UNEXPLAINED]);
    }
}
