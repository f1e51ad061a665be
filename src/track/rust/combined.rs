//! Several programs in one, chosen by an additional argument: compiling and starting it takes a fraction of the time
//! that each program would take alone.

use std::fmt::Write;

use super::glue;
use crate::array::Dtype;
use crate::spec::{Param, Spec, Type};
use crate::track::{Combined, TrackError};

/// The name of the additional parameter.
const CHOICE: &str = "choice_of_program";

/// Puts each program into a module of its own.
pub(super) fn combined(spec: &Spec, programs: &[&str]) -> Result<Combined, TrackError> {
    let names: Vec<&str> = spec
        .params
        .iter()
        .map(|param| param.name.as_str())
        .collect();
    let call = format!("{}({})", spec.function, names.join(", "));
    let mut chosen = spec.clone();
    chosen.params.push(Param {
        name: CHOICE.to_owned(),
        ty: Type::Scalar(Dtype::U32),
    });
    let mut source = "#![allow(warnings)]\nuse ndarray::Array1;\n".to_owned();
    let mut lines = Vec::new();
    let mut arms = String::new();
    for (number, program) in programs.iter().enumerate() {
        let first = source.lines().count() + 1;
        let _ = writeln!(source, "mod program_{number} {{\n{program}\n}}");
        lines.push(first..source.lines().count() + 1);
        let _ = writeln!(arms, "        {number} => program_{number}::{call},");
    }
    let _ = writeln!(
        source,
        "{} {{\n    match {CHOICE} {{\n{arms}        _ => unreachable!(),\n    }}\n}}",
        glue::signature(&chosen)?
    );
    Ok(Combined {
        spec: chosen,
        source,
        lines,
    })
}
