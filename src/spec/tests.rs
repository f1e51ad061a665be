//! Tests of whole files: the result of a valid one, and the faults of a broken one.
//!
//! The broken ones are `tests/fixtures/specs/*.yaml`, each with the picture of its faults next to it. Run with
//! `INSTA_UPDATE=always` to rewrite the pictures, and read the diff.

mod course;
mod schema;

use super::*;
use crate::array::{Array, Dtype, Scalar, Value};
use crate::compare::{Rule, Zeros};
use proptest::prelude::*;
use std::io;
use std::path::{Path, PathBuf};

const GOOD: &str = include_str!("../../tests/fixtures/specs/good.yaml");

/// Stands for the kata's folder: three bytes, and two numbers.
fn files(path: &str) -> io::Result<Vec<u8>> {
    match path {
        "three.bin" => Ok(vec![1, 2, 3]),
        "parts/two.bin" => Ok([1.5_f32.to_le_bytes(), (-0.0_f32).to_le_bytes()].concat()),
        "text.txt" => Ok("é".into()),
        _ => Err(io::Error::new(io::ErrorKind::NotFound, "no such file")),
    }
}

fn good() -> Spec {
    parse("kata.yaml", GOOD, &files).unwrap()
}

fn f32s(values: &[f32]) -> Value {
    let bits: Vec<u64> = values.iter().map(|value| value.to_bits().into()).collect();
    Value::Array(Array::flat(Dtype::F32, &bits))
}

/// Creates a small spec around some parameters, a result and a case.
fn small(params: &str, returns: &str, given: &str, expect: &str) -> Result<Spec, Faults> {
    let text = format!(
        "format: 1\ntitle: t\ndifficulty: hard\npoints: 1\nfunction: f\nparams: {{{params}}}\nreturns: {returns}\n\
         cases:\n- {{name: c, given: {{{given}}}, expect: {expect}}}\n"
    );
    parse("kata.yaml", &text, &files)
}

#[track_caller]
fn check(
    params: &str,
    returns: &str,
    given: &str,
    expect: &str,
    values: &[Value],
    dims: &[(&str, usize)],
) {
    let spec = small(params, returns, given, expect).unwrap();
    let case = &spec.cases[0];
    let mut all = case.given.clone();
    all.extend(case.expect.clone());
    assert_eq!(all, values);
    let bound: Vec<(&str, usize)> = case
        .dims
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    assert_eq!(bound, dims);
}

#[track_caller]
fn check_message(params: &str, returns: &str, given: &str, expect: &str, message: &str) {
    let faults = small(params, returns, given, expect).unwrap_err();
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(messages, [message]);
}

#[test]
fn the_whole_spec_is_read_in_file_order() {
    let spec = good();
    assert_eq!(spec.title, "Load Hugging Face weights into NNX");
    assert_eq!((spec.difficulty, spec.points), (Difficulty::Medium, 4));
    assert_eq!(spec.tags, ["bridge", "layout"]);
    assert_eq!(spec.function, "load_hf_weights");
    let params: Vec<String> = spec
        .params
        .iter()
        .map(|param| format!("{}: {}", param.name, param.ty))
        .collect();
    assert_eq!(
        params,
        [
            "seed: i64",
            "x: f32[in]",
            "hf_kernel_flat: f32[features * in]",
            "hf_bias_flat: f32[features]",
            "features: usize"
        ]
    );
    assert_eq!((spec.rule, spec.zeros), (Rule::Bits, Zeros::Distinct));
    assert_eq!(spec.uses, ["nnx.split", "nnx.merge"]);
    let cases: Vec<(&str, CaseKind, usize)> = spec
        .cases
        .iter()
        .map(|case| (case.name.as_str(), case.kind, case.line))
        .collect();
    assert_eq!(
        cases,
        [
            ("identity selector", CaseKind::Shown, 18),
            ("45° rotation", CaseKind::Hidden, 22),
            ("special numbers", CaseKind::Shown, 25),
            ("locked", CaseKind::Sealed, 33),
        ]
    );
    assert_eq!(
        spec.cases[0].note.as_deref(),
        Some("Rows pick x0, x1, x2; the fourth output is 0.")
    );
    assert_eq!(
        spec.cases[0].dims,
        [("features".to_owned(), 4), ("in".to_owned(), 3)]
    );
    assert_eq!(spec.cases[0].expect, Some(f32s(&[1.0, 2.0, 3.0, 0.0])));
    assert_eq!(spec.cases[1].expect, None);
    assert_eq!(
        spec.cases[2].given[0],
        Value::Scalar(Scalar {
            dtype: Dtype::I64,
            bits: (-7_i64).cast_unsigned()
        })
    );
    assert_eq!(spec.cases[2].given[1], f32s(&[1.0]));
    assert_eq!(
        spec.cases[2].expect,
        Some(f32s(&[f32::NAN, f32::NEG_INFINITY, -0.0]))
    );
    let pitfalls: Vec<(&str, &str, Option<usize>)> = spec
        .pitfalls
        .iter()
        .map(|pitfall| (pitfall.id.as_str(), pitfall.text.as_str(), pitfall.hint))
        .collect();
    assert_eq!(
        pitfalls,
        [
            (
                "no_transpose",
                "Your kernel still has PyTorch's (out, in) layout.",
                None
            ),
            ("bias_ignored", "The bias is still zero.", None),
            ("bias_twice", "The bias was added twice.", Some(2))
        ]
    );
}

#[test]
fn every_type_of_value_is_read() {
    let number = |dtype, bits| Value::Scalar(Scalar { dtype, bits });
    check(
        "n: usize, e: f32",
        "i64",
        "n: 3, e: 0x3f800000",
        "-1",
        &[
            number(Dtype::U64, 3),
            number(Dtype::F32, 0x3f80_0000),
            number(Dtype::I64, u64::MAX),
        ],
        &[],
    );
    check(
        "s: str, t: str",
        "str",
        "s: true, t: {file: text.txt}",
        "\"\"",
        &["true", "é", ""].map(|text| Value::Str(text.to_owned())),
        &[],
    );
    check(
        "a: bytes, b: bytes, c: bytes",
        "bytes",
        "a: [1, 0xff], b: {hex: 01 FF}, c: {text: é}",
        "{file: three.bin}",
        &[vec![1, 255], vec![1, 255], vec![0xc3, 0xa9], vec![1, 2, 3]].map(Value::Bytes),
        &[],
    );
    check(
        "x: 'f32[2]'",
        "f32[]",
        "x: {file: parts/two.bin}",
        "[]",
        &[f32s(&[1.5, -0.0]), f32s(&[])],
        &[],
    );
    check(
        "x: 'bool[n]'",
        "bf16[n]",
        "x: [true, false]",
        "[1, 2]",
        &[
            Value::Array(Array::flat(Dtype::Bool, &[1, 0])),
            Value::Array(Array::flat(Dtype::Bf16, &[0x3f80, 0x4000])),
        ],
        &[("n", 2)],
    );
}

#[test]
fn names_are_bound_by_numbers_and_by_lengths() {
    let matrix = |shape: &[usize]| {
        let bits: Vec<u64> = (1..=6).collect();
        Value::Array(Array::from_bits(Dtype::U8, shape.to_vec(), &bits).unwrap())
    };
    let two = Value::Scalar(Scalar {
        dtype: Dtype::U64,
        bits: 2,
    });
    let six = "[1, 2, 3, 4, 5, 6]";
    // The columns follow from the rows, in whichever order the parameters come.
    check(
        "m: 'u8[r, c]', r: usize",
        "u8[c, r]",
        &format!("r: 2, m: {six}"),
        six,
        &[matrix(&[2, 3]), two, matrix(&[3, 2])],
        &[("r", 2), ("c", 3)],
    );
    check(
        "a: 'u8[2 * n, 1]', n: u8",
        "u8[(n + 3) / 1]",
        &format!("a: {six}, n: 3"),
        six,
        &[
            matrix(&[6, 1]),
            Value::Scalar(Scalar {
                dtype: Dtype::U8,
                bits: 3,
            }),
            matrix(&[6]),
        ],
        &[("n", 3)],
    );
    check_message(
        "m: 'u8[r, c]', r: usize",
        "u8[c]",
        "r: 4, m: [1, 2, 3]",
        "[1]",
        "`m` has 3 values, which does not determine `c`: r = 4 (`r`, line 9)",
    );
    check_message(
        "m: 'u8[r, c]', r: usize",
        "u8[c]",
        "r: 0, m: []",
        "[1]",
        "`m` has 0 values, which does not determine `c`: r = 0 (`r`, line 9)",
    );
    check_message(
        "n: i64, x: 'u8[n]'",
        "u8[]",
        "n: -1, x: []",
        "[1]",
        "`n` is not a valid length here: -1 is negative; n = -1 (`n`, line 9)",
    );
    check_message(
        "n: u64, x: 'u8[n, n, n]'",
        "u8[]",
        "n: 18446744073709551615, x: []",
        "[1]",
        "`x` has 0 values, but u8[n, n, n] has too many: n = 18446744073709551615 (`n`, line 9)",
    );
    check_message(
        "x: 'u8[n]', y: 'u8[n]'",
        "u8[]",
        "x: [1], y: [1, 2]",
        "[1]",
        "`y` has 2 values, but u8[n] has 1: n = 1 (the length of `x`, line 9)",
    );
}

#[test]
fn rules_are_read() {
    let rule = |written: &str| {
        let text = GOOD
            .replace("compare: bits", &format!("compare: {written}"))
            .replace("distinct", "equal");
        let spec = parse("kata.yaml", &text, &files).unwrap();
        assert_eq!(spec.zeros, Zeros::Equal);
        spec.rule
    };
    assert_eq!(rule("bits"), Rule::Bits);
    assert_eq!(rule("{ulp: 2}"), Rule::Ulp(2));
    assert_eq!(rule("{scaled_ulp: 4}"), Rule::ScaledUlp(4.0));
    assert_eq!(
        rule("{close: {rtol: 1e-6, atol: 0}}"),
        Rule::Close {
            rtol: 1e-6,
            atol: 0.0
        }
    );
    assert_eq!(
        rule("{close: {atol: 1e-4}}"),
        Rule::Close {
            rtol: 0.0,
            atol: 1e-4
        }
    );
    // What a person is shown is what a spec can have.
    for keyed in rules::RULES {
        let shown = rule(keyed.example);
        assert_eq!(rule(&shown.to_string()), shown, "{}", keyed.example);
    }
}

#[test]
fn hidden_results_are_read() {
    let text = "format: 1\nexpect:\n  45° rotation: [0x3f3504f3, 0x3f3504f3]\n";
    let results = parse_hidden("hidden.yaml", text, &good(), &files).unwrap();
    assert_eq!(
        results,
        [(
            "45° rotation".to_owned(),
            f32s(&[std::f32::consts::FRAC_1_SQRT_2; 2])
        )]
    );
}

#[test]
fn broken_files_are_pictured() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/specs");
    let entries = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name == "good" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let file = format!("{name}.yaml");
        let faults = match name.split('_').next().unwrap() {
            "hidden" => parse_hidden(&file, &text, &good(), &files).unwrap_err(),
            "course" => parse_course(&file, &text).unwrap_err(),
            _ => parse(&file, &text, &files).unwrap_err(),
        };
        assert!(faults.iter().is_sorted_by_key(|fault| fault.span), "{name}");
        settings.bind(|| insta::assert_snapshot!(name, faults.to_string()));
    }
}

proptest! {
    #[test]
    fn a_damaged_file_is_an_error_not_a_panic(at in any::<prop::sample::Index>(), length in 0_usize..40, with in "[\\[\\]{}:,#&*!'\"\\-? \nx1é]{0,6}") {
        let starts: Vec<usize> = GOOD.char_indices().map(|(at, _)| at).collect();
        let start = at.index(starts.len());
        let end = starts.get(start + length).copied().unwrap_or(GOOD.len());
        let text = format!("{}{with}{}", &GOOD[..starts[start]], &GOOD[end..]);
        if let Err(faults) = parse("kata.yaml", &text, &files) {
            prop_assert!(faults.iter().len() > 0);
            prop_assert!(faults.iter().all(|fault| !fault.message.contains("cannot be read")));
            prop_assert!(!faults.to_string().is_empty());
        }
    }
}
