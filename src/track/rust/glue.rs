//! The few generated lines between an answer and the driver: they call the kata's function with the kata's signature.

use std::fmt::Write;

use super::error;
use crate::array::Dtype;
use crate::spec::{Spec, Type};
use crate::track::TrackError;

/// The name of the generated file, as rustc's diagnostics show it.
pub(super) const FILE: &str = "katas-glue.rs";

/// The file name of the answer next to it.
pub(super) const ANSWER: &str = "answer.rs";

/// The kata's signature, as a learner would write it.
///
/// # Errors
/// When the spec uses a type that Rust answers cannot take.
pub(super) fn signature(spec: &Spec) -> Result<String, TrackError> {
    let parameters = spec
        .params
        .iter()
        .map(|param| Ok(format!("{}: {}", param.name, parameter(&param.ty)?)))
        .collect::<Result<Vec<_>, TrackError>>()?;
    let result = result(&spec.returns)?;
    Ok(format!(
        "pub fn {}({}) -> {result}",
        spec.function,
        parameters.join(", ")
    ))
}

/// The whole of the generated file.
///
/// # Errors
/// When the spec uses a type that Rust answers cannot take.
pub(super) fn source(spec: &Spec) -> Result<String, TrackError> {
    let mut types = Vec::new();
    let mut arguments = Vec::new();
    for (index, param) in spec.params.iter().enumerate() {
        types.push(parameter(&param.ty)?);
        arguments.push(argument(&param.ty, index));
    }
    let result = result(&spec.returns)?;
    let mut code = String::new();
    // The alias keeps a learner's own `Array1` or `main` out of the way: nothing of the answer is in scope here.
    let _ = writeln!(code, "#[path = {ANSWER:?}] mod answer;");
    let _ = writeln!(code, "#[allow(unused_imports)] use ndarray::Array1;");
    let _ = writeln!(
        code,
        "const ANSWER: fn({}) -> {result} = answer::{};",
        types.join(", "),
        spec.function
    );
    let _ = writeln!(
        code,
        "fn main() {{ katas_driver::run(&mut |case| katas_driver::Output::from(ANSWER({}))); }}",
        arguments.join(", ")
    );
    Ok(code)
}

fn parameter(ty: &Type) -> Result<String, TrackError> {
    Ok(match ty {
        Type::Array { dtype, .. } => format!("&Array1<{}>", element(*dtype)?),
        Type::Scalar(dtype) => element(*dtype)?.to_owned(),
        Type::Usize => "usize".to_owned(),
        Type::Bytes => "&[u8]".to_owned(),
        Type::Str => "&str".to_owned(),
    })
}

fn result(ty: &Type) -> Result<String, TrackError> {
    Ok(match ty {
        Type::Array { dtype, .. } => format!("Array1<{}>", element(*dtype)?),
        Type::Bytes => "Vec<u8>".to_owned(),
        Type::Str => "String".to_owned(),
        Type::Scalar(_) | Type::Usize => parameter(ty)?,
    })
}

fn argument(ty: &Type, index: usize) -> String {
    match ty {
        Type::Array { dtype, .. } => format!("&case.{}_array({index})", dtype.name()),
        Type::Scalar(dtype) => format!("case.{}({index})", dtype.name()),
        Type::Usize => format!("case.usize({index})"),
        Type::Bytes => format!("case.bytes({index})"),
        Type::Str => format!("case.text({index})"),
    }
}

/// Rust's own name of an element type.
fn element(dtype: Dtype) -> Result<&'static str, TrackError> {
    match dtype {
        Dtype::Bf16 => Err(error::unsupported(
            "bf16 (Rust has no such type; use its bits as u16)",
        )),
        other => Ok(other.name()),
    }
}
