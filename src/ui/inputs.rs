//! The inputs of a case, by name; long ones are truncated, more so if there is less room.

use super::{fit, numbers, words};
use crate::array::Value;
use crate::spec::Spec;
use crate::verdict::CaseResult;

/// The approximate number of columns of a value, from the most readable to the shortest that is still useful.
const WIDTHS: [usize; 5] = [28, 24, 20, 14, 8];

/// The number of bytes per line, and the maximum number of such lines: a file of weights would fill a hundred
/// screens.
const ROW: usize = 16;
const MOST_ROWS: usize = 64;

/// The indentation of each line.
const INDENT: usize = 2;

/// All inputs in full, each on its own lines, and the output if it is as expected.
pub(super) fn whole(case: Option<&CaseResult>, spec: &Spec, columns: usize) -> Vec<String> {
    let shown = case.filter(|case| case.is_shown());
    let known = shown.and_then(|case| spec.cases.get(case.number - 1));
    let (Some(shown), Some(known)) = (shown, known) else {
        return Vec::new();
    };
    let names = spec.params.iter().map(|param| param.name.as_str());
    let mut all: Vec<(&str, &Value)> = names.zip(&known.given).collect();
    all.extend(
        known
            .expect
            .iter()
            .filter(|_| shown.good())
            .map(|output| ("output, as expected", output)),
    );
    let mut lines = Vec::new();
    for (name, value) in all {
        match value {
            Value::Str(text) if text.contains('\n') => {
                lines.push(format!("  {name} ="));
                lines.extend(text.lines().map(|line| format!("    {line}")));
            }
            Value::Bytes(bytes) => {
                lines.push(format!("  {name} = {} bytes", bytes.len()));
                let rows = bytes.chunks(ROW).take(MOST_ROWS);
                lines.extend(rows.map(|row| {
                    let digits: Vec<_> = row.iter().map(|byte| format!("{byte:02x}")).collect();
                    format!("    {}", digits.join(" "))
                }));
                if bytes.len() > ROW * MOST_ROWS {
                    lines.push("    …".to_owned());
                }
            }
            _ => {
                let text = format!("{name} = {}", numbers::brief(value, usize::MAX));
                lines.extend(
                    words::wrap(&text, columns, INDENT)
                        .lines()
                        .map(str::to_owned),
                );
            }
        }
    }
    lines
}

/// The inputs in at most `most` lines; empty for a case whose inputs are not shown.
pub(super) fn inputs(
    case: Option<&CaseResult>,
    spec: &Spec,
    columns: usize,
    most: usize,
) -> Vec<String> {
    let shown = case.filter(|case| case.is_shown());
    let Some(inputs) = shown.and_then(|case| spec.cases.get(case.number - 1)) else {
        return Vec::new();
    };
    let listed = |wide: usize| {
        let named = spec.params.iter().zip(&inputs.given);
        let shown: Vec<_> = named
            .map(|(param, value)| {
                // A value that does not fit on a line is truncated further.
                let named = |wide| format!("{} = {}", param.name, numbers::brief(value, wide));
                let shown = named(wide);
                let over = (INDENT + words::width(&shown) + 1).saturating_sub(columns);
                words::unbroken(&match over {
                    0 => shown,
                    _ => named(wide.saturating_sub(over)),
                })
            })
            .collect();
        words::wrap(&shown.join(", "), columns, INDENT)
    };
    let mut lines = Vec::new();
    for wide in WIDTHS {
        lines = listed(wide).lines().map(str::to_owned).collect();
        if words::rows(&lines, columns) <= most {
            return lines;
        }
    }
    let cut = fit::cut(&lines.join("\n"), most, columns).into_iter();
    cut.map(|line| words::clip(&line, columns)).collect()
}
