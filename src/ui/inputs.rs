//! The inputs of a case, by name: long ones cut, and cut shorter where there is less room.

use super::{fit, numbers, words};
use crate::array::Value;
use crate::spec::Spec;
use crate::verdict::CaseResult;

/// About how many columns a value may take, from what reads best to what still says something.
const WIDTHS: [usize; 5] = [28, 24, 20, 14, 8];

/// Bytes on a line, and the most lines of them: a file of weights would fill the screen a hundred times over.
const ROW: usize = 16;
const MOST_ROWS: usize = 64;

/// Columns before each line.
const INDENT: usize = 2;

/// The inputs with every number and every line, each on lines of its own.
pub(super) fn whole(case: Option<&CaseResult>, spec: &Spec, columns: usize) -> Vec<String> {
    let shown = case.filter(|case| case.is_shown());
    let Some(inputs) = shown.and_then(|case| spec.cases.get(case.number - 1)) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for (param, value) in spec.params.iter().zip(&inputs.given) {
        match value {
            Value::Str(text) if text.contains('\n') => {
                lines.push(format!("  {} =", param.name));
                lines.extend(text.lines().map(|line| format!("    {line}")));
            }
            Value::Bytes(bytes) => {
                lines.push(format!("  {} = {} bytes", param.name, bytes.len()));
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
                let text = format!("{} = {}", param.name, numbers::brief(value, usize::MAX));
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

/// The inputs in at most some lines; none for a case whose inputs are not shown.
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
                // A value that does not fit into a line is cut further.
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
