//! Cases with one changed input: `author seal` runs the solution on them, and `explain` a wrong answer.
//!
//! Both must use the same inputs, so the changed value is deterministic.

use crate::array::{Array, Dtype, Scalar, Value, parse_bits};
use crate::seal::Other;
use crate::spec::{Case, Spec};

/// Lists, for each input that can have a different value of the same size, its name and the case's inputs with only
/// that one changed.
///
/// An integer that determines a length stays as it is: otherwise the other inputs would no longer fit.
#[must_use]
pub fn changed(spec: &Spec, case: &Case, other: Other) -> Vec<(String, Vec<Value>)> {
    let mut all = Vec::new();
    for (index, param) in spec.params.iter().enumerate() {
        let is_number = matches!(case.given.get(index), Some(Value::Scalar(_)));
        let is_length = is_number && case.dims.iter().any(|(name, _)| *name == param.name);
        let old = case.given.get(index).filter(|_| !is_length);
        if let Some(new) = old.and_then(|old| other_value(old, other)) {
            let mut given = case.given.clone();
            given[index] = new;
            all.push((param.name.clone(), given));
        }
    }
    all
}

/// A different value of the same type and size in which every element differs; `None` if there is none.
fn other_value(value: &Value, other: Other) -> Option<Value> {
    match value {
        _ if other == Other::Near && !is_near(value) => None,
        Value::Array(array) if !array.is_empty() => {
            let dtype = array.dtype();
            let bits = array.iter().enumerate();
            let bits = bits.map(|(index, old)| other_element(dtype, index, old, other));
            let bits = bits.collect::<Option<Vec<_>>>()?;
            Array::from_bits(dtype, array.shape().to_vec(), &bits).map(Value::Array)
        }
        Value::Scalar(Scalar { dtype, bits }) => Some(Value::Scalar(Scalar {
            dtype: *dtype,
            bits: other_element(*dtype, 0, *bits, other)?,
        })),
        Value::Bytes(bytes) if !bytes.is_empty() => {
            let bytes = bytes.iter().map(|byte| byte ^ flipped(other));
            Some(Value::Bytes(bytes.collect()))
        }
        Value::Str(text) if !text.is_empty() => match other {
            Other::First => Some(Value::Str(format!("{text}x"))),
            Other::Second | Other::Near => Some(Value::Str(format!("y{text}"))),
        },
        Value::Array(_) | Value::Bytes(_) | Value::Str(_) => None,
    }
}

/// A float becomes a small one that is exact in every dtype; for other types a low bit changes, so that an index stays
/// in range. A `bool` has one other value.
fn other_element(dtype: Dtype, index: usize, old: u64, other: Other) -> Option<u64> {
    if dtype == Dtype::Bool {
        return Some(old ^ 1);
    }
    if !dtype.is_float() {
        return Some(old ^ u64::from(flipped(other)));
    }
    if other == Other::Near {
        return near(dtype, index, old);
    }
    let small = |number: usize| {
        let text = match other {
            Other::First => (number % 7 + 2).to_string(),
            Other::Second | Other::Near => format!("-{}.5", number % 5),
        };
        parse_bits(dtype, &text).ok()
    };
    let new = small(index).filter(|bits| *bits != old);
    new.or_else(|| small(index + 1))
}

/// Whether a value has floats, of which others can be near.
fn is_near(value: &Value) -> bool {
    match value {
        Value::Array(array) => array.dtype().is_float(),
        Value::Scalar(scalar) => scalar.dtype.is_float(),
        Value::Bytes(_) | Value::Str(_) => false,
    }
}

/// A number by up to two fifths larger than the old one, or a small number in place of zero.
fn near(dtype: Dtype, index: usize, old: u64) -> Option<u64> {
    // Sixteenths; their order has no pattern that an answer could have.
    const PARTS: [f64; 11] = [3.0, 1.0, 6.0, 2.0, 5.0, 1.0, 4.0, 6.0, 2.0, 3.0, 5.0];
    let part = PARTS[index % PARTS.len()] / 16.0;
    let number = dtype.to_f64(old);
    let new = match number == 0.0 {
        true => part,
        false => number * (1.0 + part),
    };
    let new = match dtype {
        Dtype::F32 => (new as f32).to_string(),
        _ => new.to_string(),
    };
    parse_bits(dtype, &new).ok().filter(|new| *new != old)
}

/// The bits that change in a whole number or a byte.
fn flipped(other: Other) -> u8 {
    match other {
        Other::First => 1,
        Other::Second | Other::Near => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::parse;

    fn spec(params: &str, returns: &str, given: &str) -> Spec {
        let text = format!(
            "format: 1\ntitle: t\ndifficulty: easy\npoints: 1\nfunction: f\nparams: {{{params}}}\nreturns: {returns}\n\
             cases:\n- {{name: c, given: {{{given}}}, expect: [1]}}\n"
        );
        parse("kata.yaml", &text, &|_| {
            Err(std::io::ErrorKind::NotFound.into())
        })
        .unwrap_or_else(|faults| panic!("{faults}"))
    }

    #[track_caller]
    fn check(params: &str, returns: &str, given: &str, expected: &[&str]) {
        let spec = spec(params, returns, given);
        let case = &spec.cases[0];
        for other in [Other::First, Other::Second] {
            let all = changed(&spec, case, other);
            let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, expected);
            for (name, given) in &all {
                for (param, (new, old)) in spec.params.iter().zip(given.iter().zip(&case.given)) {
                    assert_eq!(new != old, param.name == *name, "{name}: {new:?}");
                }
            }
        }
    }

    #[test]
    fn one_input_is_changed_at_a_time() {
        check(
            "x: \"f32[n]\", seed: i64, on: bool, data: bytes, word: str, rate: f64",
            "f32[]",
            "x: [2, 3], seed: -9223372036854775808, on: true, data: [0, 255], word: é, rate: .nan",
            &["x", "seed", "on", "data", "word", "rate"],
        );
        check(
            "x: \"bf16[n]\", ids: \"u16[m]\", flags: \"bool[k]\"",
            "f32[]",
            "x: [2, 3], ids: [0, 65535], flags: [true, false]",
            &["x", "ids", "flags"],
        );
    }

    #[test]
    fn near_floats_keep_their_sign_and_size() {
        let spec = spec(
            "x: \"f32[n]\", on: bool, word: str, rate: f64, ids: \"i32[m]\"",
            "f32[]",
            "x: [2, -4, 0], on: true, word: é, rate: 0.5, ids: [3]",
        );
        let all = changed(&spec, &spec.cases[0], Other::Near);
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["x", "rate"]);
        // 2 · (1 + 3/16), -4 · (1 + 1/16), 6/16 in place of 0; 0.5 · (1 + 3/16).
        let x = Value::Array(Array::flat(
            Dtype::F32,
            &[2.375_f32, -4.25, 0.375].map(|number| number.to_bits().into()),
        ));
        assert_eq!(all[0].1[0], x);
        let rate = Value::Scalar(Scalar {
            dtype: Dtype::F64,
            bits: 0.59375_f64.to_bits(),
        });
        assert_eq!(all[1].1[3], rate);
    }

    #[test]
    fn a_length_and_what_is_empty_stay() {
        check(
            "n: usize, heads: i64, other: usize, x: \"f32[n * heads]\", none: \"f32[m]\", word: str",
            "f32[]",
            "n: 1, heads: 2, other: 7, x: [2, 3], none: [], word: \"\"",
            &["other", "x"],
        );
        // An array may have the name of its length.
        check("x: \"f32[x]\"", "f32[]", "x: [2, 3]", &["x"]);
        check(
            "features: usize, top: usize",
            "f32[features]",
            "features: 1, top: 0",
            &["top"],
        );
    }
}
