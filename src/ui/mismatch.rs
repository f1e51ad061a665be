//! A wrong output on the screen: a sentence, a table around the first difference, a grid for a matrix, what it means.

use colored::Colorize;

use super::grid::grid;
use super::numbers::{apart, is_bit_pattern, is_far, number};
use super::table::{self, Align};
use super::text_lines;
use super::{plural, words};
use crate::array::{Array, Value, coordinates, hex};
use crate::compare::Differences;
use crate::verdict::{Difference, Mismatch, NamedRun, Outputs};

/// The number of elements shown before the first difference, and the maximum in all.
const BEFORE: usize = 2;
const MOST: usize = 7;

/// How the outputs differ, as a sentence that follows the case's name.
pub(super) fn sentence(mismatch: &Mismatch) -> String {
    let lines = mismatch.outputs.as_deref().and_then(text_lines::sentence);
    if let Some(sentence) = lines {
        return sentence;
    }
    match &mismatch.how {
        Difference::Count { expected, got } => {
            format!(
                "{} expected, but the answer returned {got}.",
                plural(*expected, "value")
            )
        }
        Difference::Bytes(bytes) => format!(
            "the bytes differ, starting at index {}: expected {}, got {}.",
            bytes.index,
            bytes
                .expected
                .map_or("the end".to_owned(), |byte| format!("0x{byte:02x}")),
            bytes
                .got
                .map_or("the end".to_owned(), |byte| format!("0x{byte:02x}")),
        ),
        Difference::Text(text) => format!(
            "the text differs, starting at character {}: expected {}, got {}.",
            text.index,
            text.expected
                .map_or("the end".to_owned(), |char| format!("{char:?}")),
            text.got
                .map_or("the end".to_owned(), |char| format!("{char:?}")),
        ),
        Difference::Kind => "the answer returned a different kind of value.".to_owned(),
        Difference::Undisclosed => {
            "the output is wrong. This case does not show its numbers.".to_owned()
        }
        Difference::Values(differences) => {
            let mut first = place(differences.first, shape_of(mismatch));
            if let Some(part) = part(&mismatch.parts, differences.first) {
                first.push_str(&format!(", in the part `{}`", part.name));
            }
            let verb = if differences.count == 1 {
                "differs"
            } else {
                "differ"
            };
            let all = plural(differences.total, "value");
            format!(
                "{} of {all} {verb}, the first at {first}.",
                differences.count
            )
        }
    }
}

/// How an output differs from the expected one, with the first two differing numbers, for an author.
#[must_use]
pub fn difference(mismatch: &Mismatch) -> String {
    let said = sentence(mismatch);
    match (&mismatch.how, &mismatch.outputs) {
        (Difference::Values(differences), Some(outputs)) => {
            let (expected, got) = match (&outputs.expected, &outputs.got) {
                (Value::Array(expected), Value::Array(got)) => {
                    let at = differences.first;
                    (expected.bits(at), got.bits(at))
                }
                (Value::Scalar(expected), Value::Scalar(got)) => (expected.bits, got.bits),
                _ => return said,
            };
            let dtype = differences.dtype;
            let (expected, got) = (number(dtype, expected), number(dtype, got));
            format!("{said} Expected {expected}, got {got}.")
        }
        _ => said,
    }
}

/// The table or the grid in at most `most` lines, indented by two columns and no wider than the screen.
pub(super) fn table(mismatch: &Mismatch, outputs: &Outputs, columns: usize, most: usize) -> String {
    match (&outputs.expected, &outputs.got, &mismatch.how) {
        (Value::Array(expected), Value::Array(got), Difference::Values(differences)) => {
            let drawn = match (expected.shape(), columns) {
                ([_, _], 60..) => grid(expected, got, differences, columns, most),
                _ => None,
            };
            let parts = &mismatch.parts;
            drawn.unwrap_or_else(|| rows(expected, got, differences, parts, columns, most))
        }
        (expected, got, _) => {
            if let Some(lines) = text_lines::table(outputs, columns, most) {
                return lines;
            }
            let line = |label: &str, value: &Value| {
                format!(
                    "  {label}  {}",
                    super::numbers::brief(
                        value,
                        columns.saturating_sub(match value {
                            // Text needs room only for its quotes.
                            Value::Str(_) => 12,
                            _ => 30,
                        })
                    )
                )
            };
            format!("{}\n{}", line("expected", expected), line("got     ", got))
        }
    }
}

/// A row for each element around the first difference; without the bits on a narrow screen.
fn rows(
    expected: &Array,
    got: &Array,
    differences: &Differences,
    parts: &[NamedRun],
    columns: usize,
    most: usize,
) -> String {
    let dtype = expected.dtype();
    // A header, and a line for each end where rows are left out.
    let count = match most.saturating_sub(1) {
        room if room >= expected.len() => MOST,
        room => room.saturating_sub(1).clamp(1, MOST),
    };
    let before = BEFORE.min((count - 1) / 3);
    let start = differences.first.saturating_sub(before);
    let end = (differences.first + count - before).min(expected.len());
    let header = [
        "",
        "index",
        "expected",
        "got",
        "distance",
        "expected bits",
        "got bits",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for index in start..end {
        let (want, have) = (expected.bits(index), got.bits(index));
        let differing = differences.listed.iter().find(|item| item.index == index);
        let have_text = number(dtype, have);
        rows.push(vec![
            if index == differences.first { ">" } else { "" }.to_owned(),
            labeled(index, index == start, parts, expected.shape()),
            number(dtype, want),
            differing.map_or(have_text.clone(), |_| have_text.yellow().to_string()),
            match differing {
                Some(item) => apart(item.ulps, dtype),
                None if want == have => "same".to_owned(),
                None => "allowed".to_owned(),
            },
            hex(dtype, want),
            hex(dtype, have),
        ]);
    }
    let align = [
        Align::Left,
        Align::Left,
        Align::Right,
        Align::Right,
        Align::Left,
    ];
    // The bits of numbers that are far apart say nothing that the numbers do not.
    let mut shown = (differences.listed.iter()).filter(|item| (start..end).contains(&item.index));
    if shown.all(|item| is_far(item.ulps)) && !is_bit_pattern(dtype) {
        rows.iter_mut().for_each(|row| row.truncate(5));
    }
    let mut text = table::render(&rows, &align, 2);
    let is_wide = |text: &str| text.lines().any(|line| words::width(line) > columns);
    // First without the bits, then also without the distance.
    for kept in [5, 4] {
        if is_wide(&text) {
            for row in &mut rows {
                row.truncate(kept);
            }
            text = table::render(&rows, &align, 2);
        }
    }
    if is_wide(&text) {
        return alone(expected, got, differences.first);
    }
    let (head, tail) = (start, expected.len() - end);
    let left_out = match (head, tail) {
        (0, 0) => return text,
        (head, 0) => format!("{} before", plural(head, "value")),
        (0, tail) => format!("{} after", plural(tail, "value")),
        (head, tail) => format!("{} before, {tail} after", plural(head, "value")),
    };
    if text.lines().count() < most {
        text.push_str(&format!("\n  ({left_out})"));
    }
    text
}

/// The position of an element, with the name of its part in the part's first row on the screen.
fn labeled(index: usize, is_first: bool, parts: &[NamedRun], shape: &[usize]) -> String {
    let place = place(index, Some(shape));
    match part(parts, index).filter(|part| is_first || part.run.start == index) {
        Some(part) => format!("{place} {}", part.name),
        None => place,
    }
}

/// The part that an element is in.
fn part(parts: &[NamedRun], index: usize) -> Option<&NamedRun> {
    parts.iter().find(|part| part.run.contains(&index))
}

/// Only the first difference, for a screen without room for a table.
fn alone(expected: &Array, got: &Array, first: usize) -> String {
    let place = format!("  {} expected ", place(first, Some(expected.shape())));
    let number = |array: &Array| number(array.dtype(), array.bits(first));
    let got_at = " ".repeat(words::width(&place) - "expected ".len());
    format!(
        "{place}{}\n{got_at}got      {}",
        number(expected),
        number(got)
    )
}

fn shape_of(mismatch: &Mismatch) -> Option<&[usize]> {
    match &mismatch.outputs.as_ref()?.expected {
        Value::Array(array) => Some(array.shape()),
        _ => None,
    }
}

/// The position of an element: `[3]`, or `[1, 2]` in a matrix.
fn place(index: usize, shape: Option<&[usize]>) -> String {
    let inside = shape.and_then(|shape| coordinates(index, shape));
    let numbers = inside.unwrap_or_else(|| vec![index]);
    let text: Vec<_> = numbers.iter().map(usize::to_string).collect();
    format!("[{}]", text.join(", "))
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::array::{Array, Dtype, Value};
    use crate::compare::{Comparison, Rule, Zeros, compare};
    use crate::verdict::{Difference, Mismatch, NamedRun, Outputs};

    fn shown(
        shape: &[usize],
        expected: &[f32],
        got: &[f32],
        columns: usize,
        most: usize,
    ) -> String {
        shown_in_parts(shape, expected, got, Vec::new(), columns, most)
    }

    fn shown_in_parts(
        shape: &[usize],
        expected: &[f32],
        got: &[f32],
        parts: Vec<NamedRun>,
        columns: usize,
        most: usize,
    ) -> String {
        colored::control::set_override(false);
        let array = |numbers: &[f32]| {
            let bits: Vec<_> = numbers
                .iter()
                .map(|number| u64::from(number.to_bits()))
                .collect();
            Array::from_bits(Dtype::F32, shape.to_vec(), &bits).unwrap()
        };
        let (expected, got) = (array(expected), array(got));
        let Comparison::Values(differences) =
            compare(&expected, &got, &Rule::Bits.into(), Zeros::Distinct)
        else {
            panic!("the arrays must differ in their values");
        };
        let outputs = Outputs {
            expected: Value::Array(expected),
            got: Value::Array(got),
        };
        let mismatch = Mismatch {
            how: Difference::Values(Box::new(differences)),
            outputs: None,
            parts,
        };
        table(&mismatch, &outputs, columns, most)
    }

    #[test]
    fn values_of_parts_carry_their_names() {
        let run = |name: &str, run| NamedRun {
            name: name.to_owned(),
            run,
        };
        let parts = vec![run("NNX sum", 0..1), run("weights", 1..3)];
        let text = shown_in_parts(&[3], &[1., 2., 3.], &[1., 2., 4.], parts, 60, 99);
        let expected = "     index        expected  got  distance
     [0] NNX sum         1    1  same
     [1] weights         2    2  same
  >  [2]                 3    4  > 9999 ulp";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_matrix_is_shown_as_two_grids_with_the_wrong_cells_marked() {
        let text = shown(
            &[2, 3],
            &[0., 1., 2., 3., 4., 5.],
            &[0., 2., 4., 1., 3., 5.],
            80,
            99,
        );
        let expected = "  expected    got (* differs)
  0  1  2     0   2*  4*
  3  4  5     1*  3*  5
  at [0, 1]: expected bits 0x3f800000, got 0x40000000";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_large_matrix_is_cut_around_its_first_difference() {
        let expected: Vec<f32> = (0..200).map(|number| number as f32).collect();
        let mut got = expected.clone();
        got[10 * 10 + 9] = -1.0;
        let text = shown(&[20, 10], &expected, &got, 80, 99);
        assert_eq!(
            text.lines().next(),
            Some("  expected                             got (* differs)")
        );
        assert_eq!(
            text.lines().nth(3),
            Some("  103  104  105  106  107  108  109    103   104   105   106   107   108    -1*")
        );
        assert!(
            text.contains("\n  (rows 8–14 of 20, columns 3–9 of 10)\n"),
            "{text}"
        );
    }

    #[test]
    fn a_long_output_is_cut_around_its_first_difference() {
        let expected = [1.0; 100];
        let mut got = expected;
        got[50] = f32::from_bits(1.0_f32.to_bits() + 1);
        let text = shown(&[100], &expected, &got, 80, 99);
        let wanted = "     index  expected        got  distance  expected bits  got bits
     [48]          1          1  same      0x3f800000     0x3f800000
     [49]          1          1  same      0x3f800000     0x3f800000
  >  [50]          1  1.0000001  1 ulp     0x3f800000     0x3f800001
     [51]          1          1  same      0x3f800000     0x3f800000
     [52]          1          1  same      0x3f800000     0x3f800000
     [53]          1          1  same      0x3f800000     0x3f800000
     [54]          1          1  same      0x3f800000     0x3f800000
  (48 values before, 45 after)";
        assert_eq!(text, wanted);
        let narrow = shown(&[100], &expected, &got, 40, 99);
        assert_eq!(
            narrow.lines().next(),
            Some("     index  expected        got")
        );
    }

    /// With any number of lines, the first difference is shown and the limit is kept.
    #[test]
    fn a_picture_keeps_to_its_lines() {
        let expected: Vec<f32> = (0..200).map(|number| number as f32).collect();
        let wide: Vec<f32> = expected.iter().map(|number| number / 7.0).collect();
        for numbers in [&expected, &wide] {
            for first in [0, 109, 199] {
                let mut got = numbers.clone();
                got[first] = -0.015625;
                for shape in [&[200][..], &[20, 10], &[2, 100], &[100, 2]] {
                    for most in 2..20 {
                        let text = shown(shape, numbers, &got, 80, most);
                        assert!(text.lines().count() <= most, "{most}:\n{text}");
                        assert!(text.contains("-0.015625"), "{most}:\n{text}");
                        let wide = text.lines().find(|line| line.chars().count() > 80);
                        assert_eq!(wide, None, "{most}");
                    }
                }
            }
        }
    }
}
