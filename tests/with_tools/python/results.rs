//! The results of an answer: accepted as they are, converted with a note, or refused with their type.

use super::{TAKES, floats, integer, numbered, run, spec, usual};
use katas::array::{Array, Dtype, Value};
use katas::spec::Spec;
use katas::verdict::Failure;

/// An answer that returns one of these expressions in each case.
fn answer(expressions: &[&str]) -> String {
    let mut text = "\
import dataclasses
import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
from flax import nnx

kept = []

async def later():
    return 1

def f(case, x):
    match case:
"
    .to_owned();
    for (case, expression) in expressions.iter().enumerate() {
        text.push_str(&format!(
            "        case {case}:\n            return {expression}\n"
        ));
    }
    text
}

/// The result of each expression: the printed note, or nothing if it needs none.
#[track_caller]
fn check(spec: &Spec, expected: &Value, table: &[(&str, &str)]) {
    let expressions: Vec<_> = table.iter().map(|(expression, _)| *expression).collect();
    let cases = numbered(table.len().try_into().expect("few"));
    let outcomes = run(spec, &answer(&expressions), &cases);
    for ((expression, note), outcome) in table.iter().zip(outcomes) {
        let note = match *note {
            "" => String::new(),
            note => format!("note: `f` returned {note}.\n"),
        };
        assert_eq!(outcome.output.as_ref(), Ok(expected), "{expression}");
        assert_eq!(outcome.printed, note, "{expression}");
    }
}

/// The reason why each expression is refused.
#[track_caller]
fn check_refused(spec: &Spec, table: &[(&str, &str)]) {
    let expressions: Vec<_> = table.iter().map(|(expression, _)| *expression).collect();
    let cases = numbered(table.len().try_into().expect("few"));
    let outcomes = run(spec, &answer(&expressions), &cases);
    for ((expression, says), outcome) in table.iter().zip(outcomes) {
        let expected = Err(Failure::Unusable {
            says: (*says).to_owned(),
        });
        assert_eq!(outcome.output, expected, "{expression}");
    }
}

#[test]
fn numbers_that_fit_are_taken() {
    let table = [
        ("x", ""),
        ("np.asarray(x)", ""),
        (
            "x.astype(jnp.bfloat16)",
            "bfloat16; it was converted to float32",
        ),
        ("np.array([1.0, 2.0])", "float64; it was rounded to float32"),
        (
            "np.array([1, 2], np.float16)",
            "float16; it was converted to float32",
        ),
        ("jnp.array([1, 2])", "int32; it was converted to float32"),
        ("[1.0, 2.0]", "a list; it was converted to an array"),
        ("(x[0], x[1])", "a tuple; it was converted to an array"),
        ("nnx.Param(x)", "a Param; its value was used"),
    ];
    check(&usual(), &floats(&[1.0, 2.0]), &table);
    let table = [
        (
            "x[0]",
            "an array without dimensions; it was used as an array of one number",
        ),
        ("1.0", "a float; it was used as an array of one number"),
        (
            "np.float32(1)",
            "an array without dimensions; it was used as an array of one number",
        ),
    ];
    check(&usual(), &floats(&[1.0]), &table);
}

#[test]
fn other_types_are_converted_if_nothing_is_lost() {
    let bytes = spec(TAKES, "u8[]");
    let value = |dtype, bits: &[u64]| Value::Array(Array::flat(dtype, bits));
    let table = [
        ("jnp.array([1, 255], jnp.uint8)", ""),
        ("np.array([1, 255])", "int64; it was converted to uint8"),
        ("[1, 255]", "a list; it was converted to an array"),
    ];
    check(&bytes, &value(Dtype::U8, &[1, 255]), &table);
    let refused = [
        (
            "[1, 256]",
            "numbers of type int64 that uint8 cannot hold instead of an array of uint8 with 1 dimension",
        ),
        (
            "x",
            "numbers of type float32 instead of an array of uint8 with 1 dimension",
        ),
        (
            "x > 1",
            "numbers of type bool instead of an array of uint8 with 1 dimension",
        ),
    ];
    check_refused(&bytes, &refused);
    let wide = spec(TAKES, "i64[]");
    let table = [
        ("np.array([1, -2])", ""),
        ("jnp.array([1, -2])", "int32; it was converted to int64"),
    ];
    check(
        &wide,
        &value(Dtype::I64, &[1, (-2_i64).cast_unsigned()]),
        &table,
    );
    let truths = spec(TAKES, "bool[]");
    check(&truths, &value(Dtype::Bool, &[0, 1]), &[("x > 1", "")]);
    let refused = [(
        "x",
        "numbers of type float32 instead of an array of bool with 1 dimension",
    )];
    check_refused(&truths, &refused);
}

#[test]
fn one_number_bytes_and_text() {
    let number = spec(TAKES, "i64");
    let table = [
        ("7", ""),
        ("np.int64(7)", ""),
        ("jnp.int32(7)", "int32; it was converted to int64"),
    ];
    check(&number, &integer(7), &table);
    let refused = [
        ("x", "numbers of type float32 instead of one int64"),
        (
            "jnp.array([7])",
            "an array of shape (1,) instead of one int64",
        ),
        ("None", "None instead of one int64"),
    ];
    check_refused(&number, &refused);
    let bytes = spec(TAKES, "bytes");
    let expected = Value::Bytes(vec![1, 0]);
    check(
        &bytes,
        &expected,
        &[("b'\\x01\\x00'", ""), ("bytearray([1, 0])", "")],
    );
    check_refused(&bytes, &[("'a'", "a str instead of bytes")]);
    let text = spec(TAKES, "str");
    check(&text, &Value::Str("ä".to_owned()), &[("'ä'", "")]);
    check_refused(&text, &[("b'a'", "a bytes instead of str")]);
}

#[test]
fn what_is_no_array_is_refused_by_its_name() {
    let wanted = |what: &str| format!("{what} instead of an array of float32 with 1 dimension");
    let table = [
        ("None", "None"),
        (
            "nnx.Linear(1, 1, rngs=nnx.Rngs(0))",
            "a model (Linear) and not its output",
        ),
        ("later()", "a coroutine, from an `async` function,"),
        ("(1 for _ in x)", "an iterator (generator)"),
        ("jnp", "a module"),
        ("f", "a callable (function)"),
        ("{'a': x}", "a dict"),
        ("'1'", "a str"),
        ("nnx.state(nnx.Linear(1, 1, rngs=nnx.Rngs(0)))", "a State"),
        ("jax.random.key(0)", "a random key"),
        ("[[1], [1, 2]]", "a list whose parts do not form an array"),
        ("[None]", "a list whose parts are not numbers"),
        ("x.reshape(1, 2)", "an array of shape (1, 2)"),
        ("x > 1", "numbers of type bool"),
        ("x * 1j", "numbers of type complex64"),
        (
            "jnp.array([1, 16777217])",
            "numbers of type int32 that float32 cannot hold",
        ),
        (
            "jax.jit(kept.append)(x) or kept[0]",
            "a tracer, which has no numbers outside of the function that jax transformed",
        ),
        ("[kept[0]]", "a list of tracers"),
    ];
    let table: Vec<_> = table
        .iter()
        .map(|(expression, what)| (*expression, wanted(what)))
        .collect();
    let table: Vec<_> = table
        .iter()
        .map(|(expression, says)| (*expression, says.as_str()))
        .collect();
    check_refused(&usual(), &table);
}
