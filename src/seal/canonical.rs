//! The canonical form: an outcome as bytes, equal for all outcomes that count as equal.
//!
//! Everything that is digested is digested in this form. Two outputs have the same form exactly when the rule `bits`
//! calls them equal: any NaN is the quiet NaN, and where the spec says `zeros: equal`, −0 is +0. The form, in order:
//!
//! | part | bytes |
//! |---|---|
//! | name and version | `katas output 1`, 0 |
//! | the rule, as written in a spec | `bits`, 0 |
//! | zeros, as written in a spec | `distinct`, 0 |
//! | kind of outcome | `array f32`, `number i64`, `bytes`, `text`, or what went wrong: `panicked`, `exited 3`; 0 |
//! | for a value: count | eight bytes, least significant first |
//! | for a value: elements | each in its own size, least significant byte first |
//!
//! On a hidden case with a tolerance, the rule is `cells`, and an element has three parts: 0, 1 or 2 in one byte, the
//! length of the rest in two bytes, and for 0 the element itself (it is compared bit for bit), for 1 the number of its
//! cell (`compare/cells.rs`), for 2 the element itself again (it is NaN or infinite, and should not be).
//!
//! It contains no shape: an answer returns flat values, and the shape comes from the spec. A wrong number of values
//! changes the count. It contains no panic message, because messages differ between systems.

use crate::array::{Dtype, Value};
use crate::compare::{Cell, Rule, Zeros, cells};
use crate::spec::{Case, CaseKind, Spec};
use crate::verdict::Failure;

const HEAD: &str = "katas output 1";

/// The outcome of a case.
pub type Outcome = Result<Value, Failure>;

/// The cells of a hidden output's elements; empty if every element is compared bit for bit.
pub type Cells = [Option<Cell>];

/// Returns the canonical form of the outcome of a shown or sealed case, or of a hidden one without a tolerance.
#[must_use]
pub fn canonical(spec: &Spec, kind: CaseKind, outcome: Result<&Value, &Failure>) -> Vec<u8> {
    match kind {
        CaseKind::Hidden => form(&Rule::Bits, spec.zeros, outcome),
        CaseKind::Shown | CaseKind::Sealed => form(&spec.rule, spec.zeros, outcome),
    }
}

/// Returns the canonical form of an outcome as for a hidden case: the same form for all outputs in the same cells.
pub(super) fn in_cells(spec: &Spec, cells: &Cells, outcome: Result<&Value, &Failure>) -> Vec<u8> {
    let values = match outcome {
        Ok(Value::Array(array)) => array.clone(),
        Ok(Value::Scalar(scalar)) => scalar.to_array(),
        _ => return canonical(spec, CaseKind::Hidden, outcome),
    };
    // A wrong number of values is wrong by its count alone.
    if cells.len() != values.len() {
        return canonical(spec, CaseKind::Hidden, outcome);
    }
    let dtype = values.dtype();
    let mut bytes = Vec::new();
    for part in [HEAD, "cells", &spec.zeros.to_string(), dtype.name()] {
        bytes.extend_from_slice(part.as_bytes());
        bytes.push(0);
    }
    bytes.extend_from_slice(&(values.len() as u64).to_le_bytes());
    for (cell, element) in cells.iter().zip(values.iter()) {
        let own = || fold(dtype, spec.zeros, element).to_le_bytes()[..dtype.size()].to_vec();
        let number = cell
            .as_ref()
            .map(|cell| cell.number(dtype, spec.zeros, element));
        let (kind, rest) = match number {
            None => (0, own()),
            Some(Some(number)) => (1, number),
            Some(None) => (2, own()),
        };
        // The index of a cell has fewer than 2200 bits, the range of an f64.
        let length = u16::try_from(rest.len()).unwrap_or(u16::MAX);
        bytes.push(kind);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&rest);
    }
    bytes
}

/// Returns the cells of a hidden case's expected output; empty if its rule is `bits`.
#[must_use]
pub fn cells_of(spec: &Spec, case: &Case, expected: &Value) -> Vec<Option<Cell>> {
    let rules = spec.rules(&case.dims);
    let values = match expected {
        Value::Array(array) => array.clone(),
        Value::Scalar(scalar) => scalar.to_array(),
        Value::Bytes(_) | Value::Str(_) => return Vec::new(),
    };
    let cells = cells(&values, &rules, spec.zeros);
    if case.kind == CaseKind::Hidden && cells.iter().any(Option::is_some) {
        cells
    } else {
        Vec::new()
    }
}

/// Returns the canonical form of an outcome; `cells` are those of a hidden case.
#[must_use]
pub fn with_cells(
    spec: &Spec,
    case: &Case,
    cells: &Cells,
    outcome: Result<&Value, &Failure>,
) -> Vec<u8> {
    match case.kind {
        CaseKind::Hidden => in_cells(spec, cells, outcome),
        kind => canonical(spec, kind, outcome),
    }
}

/// Returns the canonical form of an outcome, if the expected output is known.
#[must_use]
pub fn beside(
    spec: &Spec,
    case: &Case,
    expected: &Value,
    outcome: Result<&Value, &Failure>,
) -> Vec<u8> {
    with_cells(spec, case, &cells_of(spec, case, expected), outcome)
}

/// Names what went wrong in a word or two; the lock uses it too.
#[must_use]
pub fn word(failure: &Failure) -> String {
    match failure {
        // The same word for both, so that the same mistake in another language has the same fingerprint.
        Failure::Panicked { .. } | Failure::Raised { .. } => "panicked".to_owned(),
        Failure::Unusable { .. } => "unusable".to_owned(),
        Failure::Exited { status } => format!("exited {status}"),
        Failure::Aborted => "aborted".to_owned(),
        Failure::Crashed { signal } => format!("crashed {}", signal.number()),
        Failure::StackOverflow => "stack overflow".to_owned(),
        Failure::OutOfTime { .. } => "out of time".to_owned(),
        Failure::OutOfMemory { .. } => "out of memory".to_owned(),
        Failure::TooMuchOutput { .. } => "too much output".to_owned(),
        Failure::TooLargeResult { .. } => "too large a result".to_owned(),
        Failure::DidNotFinish => "did not finish".to_owned(),
    }
}

fn form(rule: &Rule, zeros: Zeros, outcome: Result<&Value, &Failure>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut part = |text: &str| {
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(0);
    };
    part(HEAD);
    part(&rule.to_string());
    part(&zeros.to_string());
    match outcome {
        Err(failure) => part(&word(failure)),
        Ok(Value::Array(array)) => {
            let dtype = array.dtype();
            part(&format!("array {dtype}"));
            let elements = array.iter().map(|element| fold(dtype, zeros, element));
            put_elements(&mut bytes, dtype.size(), elements);
        }
        Ok(Value::Scalar(scalar)) => {
            let dtype = scalar.dtype;
            part(&format!("number {dtype}"));
            let element = fold(dtype, zeros, scalar.bits);
            put_elements(&mut bytes, dtype.size(), [element].into_iter());
        }
        Ok(Value::Bytes(data)) => {
            part("bytes");
            put_elements(&mut bytes, 1, data.iter().map(|byte| u64::from(*byte)));
        }
        Ok(Value::Str(text)) => {
            part("text");
            put_elements(&mut bytes, 1, text.bytes().map(u64::from));
        }
    }
    bytes
}

fn put_elements(bytes: &mut Vec<u8>, size: usize, elements: impl ExactSizeIterator<Item = u64>) {
    bytes.extend_from_slice(&(elements.len() as u64).to_le_bytes());
    for element in elements {
        bytes.extend_from_slice(&element.to_le_bytes()[..size]);
    }
}

/// Creates one pattern of all that count as the same element.
fn fold(dtype: Dtype, zeros: Zeros, element: u64) -> u64 {
    if dtype.is_nan(element) {
        dtype.quiet_nan().unwrap_or(element)
    } else if zeros == Zeros::Equal && dtype.is_float() && dtype.is_zero(element) {
        0
    } else {
        element
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Array, Scalar};
    use crate::compare::compare_values;
    use proptest::prelude::*;

    fn f32s(bits: &[u64]) -> Value {
        Value::Array(Array::flat(Dtype::F32, bits))
    }

    #[track_caller]
    fn check(outcome: Result<&Value, &Failure>, kind: &str, rest: &[u8]) {
        let expected = format!("katas output 1\0bits\0distinct\0{kind}\0");
        let form = form(&Rule::Bits, Zeros::Distinct, outcome);
        assert_eq!(form, [expected.as_bytes(), rest].concat());
    }

    #[test]
    fn every_kind_of_outcome_has_its_bytes() {
        check(
            Ok(&f32s(&[0x3f80_0000, 0xffc0_0001])),
            "array f32",
            b"\x02\0\0\0\0\0\0\0\0\0\x80\x3f\0\0\xc0\x7f",
        );
        let number = Value::Scalar(Scalar {
            dtype: Dtype::I32,
            bits: 0xffff_fffe,
        });
        check(
            Ok(&number),
            "number i32",
            b"\x01\0\0\0\0\0\0\0\xfe\xff\xff\xff",
        );
        check(
            Ok(&Value::Bytes(vec![7])),
            "bytes",
            b"\x01\0\0\0\0\0\0\0\x07",
        );
        check(
            Ok(&Value::Str("é".into())),
            "text",
            b"\x02\0\0\0\0\0\0\0\xc3\xa9",
        );
        let panicked = Failure::Panicked {
            message: "whatever it says".into(),
            place: None,
        };
        check(Err(&panicked), "panicked", b"");
        check(Err(&Failure::Exited { status: 3 }), "exited 3", b"");
    }

    #[test]
    fn the_rule_and_the_zeros_are_part_of_it() {
        let value = f32s(&[0x8000_0000]);
        let equal = form(&Rule::Ulp(2), Zeros::Equal, Ok(&value));
        assert_eq!(
            equal,
            b"katas output 1\0{ulp: 2}\0equal\0array f32\0\x01\0\0\0\0\0\0\0\0\0\0\0"
        );
        // Integers have a single zero.
        let lowest = Value::Array(Array::flat(Dtype::I32, &[0x8000_0000]));
        assert!(form(&Rule::Bits, Zeros::Equal, Ok(&lowest)).ends_with(&[0, 0, 0, 0x80]));
    }

    fn element() -> impl Strategy<Value = u64> {
        let special = [
            0,
            0x8000_0000,
            0x7fc0_0000,
            0xffc0_0000,
            0x7f80_0001,
            0x7f80_0000,
            1,
        ];
        prop_oneof![
            proptest::sample::select(special.to_vec()),
            any::<u32>().prop_map(u64::from)
        ]
    }

    proptest! {
        #[test]
        fn forms_are_equal_exactly_when_bits_are(
            a in proptest::collection::vec(element(), 0..4),
            b in proptest::collection::vec(element(), 0..4),
            equal in any::<bool>(),
        ) {
            let zeros = if equal { Zeros::Equal } else { Zeros::Distinct };
            for dtype in [Dtype::F32, Dtype::U32, Dtype::I32] {
                let (a, b) = (Value::Array(Array::flat(dtype, &a)), Value::Array(Array::flat(dtype, &b)));
                let same = form(&Rule::Bits, zeros, Ok(&a)) == form(&Rule::Bits, zeros, Ok(&b));
                prop_assert_eq!(same, compare_values(&a, &b, &Rule::Bits.into(), zeros).is_equal());
            }
        }
    }
}
