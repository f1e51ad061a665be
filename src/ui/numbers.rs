//! Numbers and values on the screen.

use super::words;
use crate::array::{Dtype, Value, shortest};

/// A value on one line, truncated to about `columns` columns: `[1, 2, 3, …12 in all]`.
pub(super) fn brief(value: &Value, columns: usize) -> String {
    match value {
        Value::Scalar(scalar) => number(scalar.dtype, scalar.bits),
        Value::Str(text) => words::clip(&format!("{text:?}"), columns),
        Value::Bytes(bytes) => {
            let shown: Vec<_> = bytes
                .iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let more = if bytes.len() > 8 {
                format!(" …{} in all", bytes.len())
            } else {
                String::new()
            };
            format!("{}{more}", shown.join(" "))
        }
        Value::Array(array) => {
            let mut shown = String::new();
            for (index, bits) in array.iter().enumerate() {
                let next = number(array.dtype(), bits);
                if index > 0 && shown.len() + next.len() + 2 > columns {
                    return format!("[{shown}, …{} in all]", array.len());
                }
                if index > 0 {
                    shown.push_str(", ");
                }
                shown.push_str(&next);
            }
            format!("[{shown}]")
        }
    }
}

/// A number in the shortest form that keeps every bit: whole floats without `.0`.
pub(super) fn number(dtype: Dtype, bits: u64) -> String {
    let text = shortest(dtype, bits);
    if text == "nan" {
        return "NaN".to_owned();
    }
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A distance: "3 ulp" between floats, a plain number between integers, and only a bound if the exact count is
/// meaningless.
pub(super) fn apart(steps: Option<u64>, dtype: Dtype) -> String {
    let unit = if dtype.is_float() { " ulp" } else { "" };
    match steps {
        None => "-".to_owned(),
        Some(0) => "same".to_owned(),
        Some(count) if count < FAR => format!("{count}{unit}"),
        Some(_) => format!("> {}{unit}", FAR - 1),
    }
}

/// Whether integers of this type are often bit patterns, which hexadecimal digits show best.
pub(super) fn is_bit_pattern(dtype: Dtype) -> bool {
    matches!(dtype, Dtype::U8 | Dtype::U16 | Dtype::U32)
}

/// From this distance on, the exact count is meaningless.
const FAR: u64 = 10_000;

/// Whether two numbers are so far apart that their bits are not worth showing; a NaN or a zero with another sign is
/// not.
pub(super) fn is_far(steps: Option<u64>) -> bool {
    steps.is_some_and(|count| count >= FAR)
}
