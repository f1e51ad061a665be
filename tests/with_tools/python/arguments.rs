//! The arguments of an answer: JAX arrays, NumPy arrays for types that JAX lacks, numbers, bytes, text; new ones in
//! every case.

use super::{floats, integer, run, spec};
use katas::array::{Array, Dtype, Scalar, Value};

const ANSWER: &str = "\
import jax
import jax.numpy as jnp
import numpy as np

def f(a, b, c, d, e, g, h, i, j):
    for given, dtype, numbers in [(a, jnp.float32, [1.5]), (b, jnp.bfloat16, [1.5]), (c, jnp.uint16, [7]), (d, jnp.bool_, [1])]:
        assert isinstance(given, jax.Array), given
        assert given.dtype == dtype and given.tolist() == numbers, given
    for given, dtype in [(e, np.int64), (g, np.float64)]:
        assert isinstance(given, np.ndarray) and given.dtype == dtype, given
        given += 1
    assert type(h) is float and h == 0.5, h
    assert type(i) is bytes and i == b'ab', i
    assert type(j) is str and j == 'ä', j
    return e + g.astype(np.int64)
";

#[test]
fn every_type_is_passed_as_a_natural_python_value() {
    let params = [
        ("a", "f32[n]"),
        ("b", "bf16[n]"),
        ("c", "u16[n]"),
        ("d", "bool[n]"),
        ("e", "i64[n]"),
        ("g", "f64[n]"),
        ("h", "f32"),
        ("i", "bytes"),
        ("j", "str"),
    ];
    let array = |dtype, bits| Value::Array(Array::flat(dtype, &[bits]));
    let case = vec![
        floats(&[1.5]),
        array(Dtype::Bf16, 0x3fc0),
        array(Dtype::U16, 7),
        array(Dtype::Bool, 1),
        // 2^40 does not fit in 32 bits.
        array(Dtype::I64, 1 << 40),
        array(Dtype::F64, 2.0_f64.to_bits()),
        Value::Scalar(Scalar {
            dtype: Dtype::F32,
            bits: u64::from(0.5_f32.to_bits()),
        }),
        Value::Bytes(b"ab".to_vec()),
        Value::Str("ä".to_owned()),
    ];
    // A case cannot change the arrays of the next one.
    for outcome in run(&spec(&params, "i64[]"), ANSWER, &[case.clone(), case]) {
        let expected = array(Dtype::I64, (1 << 40) + 1 + 3);
        assert_eq!(outcome.output, Ok(expected));
    }
}

#[test]
fn a_whole_number_is_one_and_may_be_used_as_a_float() {
    let spec = spec(&[("seed", "i64"), ("features", "usize")], "i64");
    let text = "def f(seed, features):\n    return int(float(seed)) + [0] .__len__() * features\n";
    let features = Value::Scalar(Scalar {
        dtype: Dtype::U64,
        bits: 3,
    });
    let outcome = run(&spec, text, &[vec![integer(-5), features]]);
    assert_eq!(outcome[0].output, Ok(integer(-2)));
}

/// Settings that affect bits are the same on every machine and for every user.
#[test]
fn the_settings_are_fixed() {
    let spec = spec(&[("case", "i64")], "str");
    let text = "\
import os
import jax

def f(case):
    x64 = jax.config.jax_enable_x64
    precision = jax.config.jax_default_matmul_precision
    seed, threads = os.environ['PYTHONHASHSEED'], os.environ['NPROC']
    flags = os.environ.get('XLA_FLAGS')
    return f'{jax.default_backend()} {x64} {precision} {seed} {threads} {flags} {hash(\"a\")}'
";
    let twice = [0, 0].map(|_| run(&spec, text, &[vec![integer(0)]]).remove(0).output);
    let Ok(Value::Str(first)) = &twice[0] else {
        panic!("{twice:?}");
    };
    assert!(first.starts_with("cpu False highest 0 2 None "), "{first}");
    assert_eq!(twice[0], twice[1]);
}
