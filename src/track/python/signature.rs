//! The signature of a kata in Python, and the programs of a new kata, with that signature and without a body.

use std::fmt::Write;

use crate::array::Dtype;
use crate::spec::{Spec, Type};

/// The maximum length of a line that is not broken.
const LINE: usize = 98;

/// The signature as a learner would write it.
pub(super) fn signature(spec: &Spec) -> String {
    let parameters: Vec<_> = spec
        .params
        .iter()
        .map(|param| format!("{}: {}", param.name, written(&param.ty)))
        .collect();
    format!(
        "def {}({}) -> {}:",
        spec.function,
        parameters.join(", "),
        written(&spec.returns)
    )
}

/// A program that uses its arguments and returns nothing.
pub(super) fn program(spec: &Spec, about: &str, message: &str) -> String {
    let mut head = signature(spec);
    if head.len() > LINE {
        head = head
            .replacen('(', "(\n    ", 1)
            .replace(", ", ",\n    ")
            .replacen(") ->", ",\n) ->", 1);
    }
    let mut text = String::new();
    for (name, import) in [
        ("jax.Array", "import jax\n"),
        ("np.ndarray", "import numpy as np\n"),
    ] {
        if head.contains(name) {
            text.push_str(import);
        }
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let _ = writeln!(text, "{head}");
    if !about.is_empty() {
        let _ = writeln!(text, "    \"\"\"{about}\"\"\"");
    }
    let names: Vec<_> = spec
        .params
        .iter()
        .map(|param| format!("{{{}}}", param.name))
        .collect();
    let message = message
        .replace('{', "{{")
        .replace('}', "}}")
        .replace('"', "'");
    let _ = writeln!(
        text,
        "    raise NotImplementedError(f\"{message} {}\")",
        names.join(", ")
    );
    text
}

/// The Python type. JAX without x64 has no 64-bit arrays, so those are numpy's.
fn written(ty: &Type) -> &'static str {
    match ty {
        Type::Array {
            dtype: Dtype::F64 | Dtype::I64 | Dtype::U64,
            ..
        } => "np.ndarray",
        Type::Array { .. } => "jax.Array",
        Type::Scalar(Dtype::F32 | Dtype::F64 | Dtype::Bf16) => "float",
        Type::Scalar(Dtype::Bool) => "bool",
        Type::Scalar(_) | Type::Usize => "int",
        Type::Bytes => "bytes",
        Type::Str => "str",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec;

    /// A spec whose function takes one parameter of each type and returns one.
    fn every_type() -> Spec {
        let text = "\
format: 1
title: t
difficulty: easy
points: 1
function: f
params:
  a: f32[n]
  b: bf16[n]
  c: i64[n]
  d: f64
  e: i64
  f: usize
  g: bool
  h: bytes
  i: str
returns: f64[n]
cases:
- name: one
  given: {a: [1], b: [1], c: [1], d: 1, e: 1, f: 1, g: true, h: [1], i: x}
  expect: [1]
";
        let none = |_: &str| unreachable!("it names no file");
        spec::parse("kata.yaml", text, &none).unwrap_or_else(|faults| panic!("{faults}"))
    }

    #[test]
    fn every_type_has_its_name() {
        let wanted = "def f(a: jax.Array, b: jax.Array, c: np.ndarray, d: float, e: int, f: int, g: bool, h: bytes, i: str) \
                      -> np.ndarray:";
        assert_eq!(signature(&every_type()), wanted);
    }

    #[test]
    fn a_program_is_python() {
        let wanted = "\
import jax
import numpy as np


def f(
    a: jax.Array,
    b: jax.Array,
    c: np.ndarray,
    d: float,
    e: int,
    f: int,
    g: bool,
    h: bytes,
    i: str,
) -> np.ndarray:
    \"\"\"What it is.\"\"\"
    raise NotImplementedError(f\"write {{this}} {a}, {b}, {c}, {d}, {e}, {f}, {g}, {h}, {i}\")
";
        assert_eq!(
            program(&every_type(), "What it is.", "write {this}"),
            wanted
        );
    }
}
