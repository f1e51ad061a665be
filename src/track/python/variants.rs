//! Generated variants of a solution in Python: the whole function under `jax.jit`.
//!
//! The expected bits are those of eager code. A learner who compiles the function may get others; the diagnosis
//! explains this.

use crate::spec::{Spec, Type};
use crate::track::{Change, Variant};

/// Creates the variants of a solution. A variant that JAX cannot trace gives no outputs, so it explains nothing.
pub(super) fn variants(spec: &Spec, solution: &str) -> Vec<Variant> {
    vec![Variant {
        id: "jitted",
        source: jitted(spec, solution),
        change: Change::Compiled,
    }]
}

/// The solution with its function under `jax.jit`. Arguments that determine shapes or seed a generator cannot be
/// traced.
fn jitted(spec: &Spec, solution: &str) -> String {
    let is_traced = |ty: &Type| match ty {
        Type::Array { .. } => true,
        Type::Scalar(dtype) => dtype.is_float(),
        Type::Usize | Type::Bytes | Type::Str => false,
    };
    let all = spec.params.iter().enumerate();
    let constant: String = all
        .filter(|(_, param)| !is_traced(&param.ty))
        .map(|(place, _)| format!("{place}, "))
        .collect();
    let function = &spec.function;
    format!(
        "{}\n\n\nimport jax as katas_jax\n\n{function} = katas_jax.jit({function}, static_argnums=({}))\n",
        solution.trim_end(),
        constant.trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose;
    use crate::spec;

    const SPEC: &str = "\
format: 1
title: t
difficulty: easy
points: 1
function: f
params: {seed: i64, x: \"f32[n]\", scale: f32, name: str}
returns: f32[n]
cases:
- {name: one, given: {seed: 1, x: [1], scale: 2, name: a}, expect: [1]}
";

    #[test]
    fn only_arrays_and_floats_are_traced() {
        let none = |_: &str| unreachable!("it names no file");
        let spec = spec::parse("kata.yaml", SPEC, &none).expect("a spec");
        let made = variants(&spec, "def f(seed, x, scale, name):\n    return x\n");
        let [made] = made.as_slice() else {
            panic!("{made:?}");
        };
        assert_eq!(
            made.source,
            "def f(seed, x, scale, name):\n    return x\n\n\n\
             import jax as katas_jax\n\nf = katas_jax.jit(f, static_argnums=(0, 3,))\n"
        );
        assert!(diagnose::variant(made.id).is_some());
    }
}
