//! Several programs in one, chosen by an additional argument: compiling and starting it takes a fraction of the time
//! that the programs would take one by one.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_can_be_traced_to_its_program() {
        let text = "format: 1\ntitle: t\ndifficulty: easy\npoints: 1\nfunction: f\nparams: {x: 'f32[n]'}\nreturns: f32[n]\n\
                    cases:\n- {name: c, given: {x: [1]}, expect: [1]}\n";
        let spec = crate::spec::parse("kata.yaml", text, &|_| {
            Err(std::io::ErrorKind::NotFound.into())
        });
        let spec = spec.unwrap_or_else(|faults| panic!("{faults}"));
        let combined = combined(&spec, &["// one", "// two\n// lines"]).expect("it can be");
        let lines: Vec<&str> = combined.source.lines().collect();
        let of = |program: usize| {
            lines[combined.lines[program].start - 1..combined.lines[program].end - 1].join("\n")
        };
        assert_eq!(of(0), "mod program_0 {\n// one\n}");
        assert_eq!(of(1), "mod program_1 {\n// two\n// lines\n}");
        assert!(
            combined.source.contains("1 => program_1::f(x),"),
            "{}",
            combined.source
        );
        assert_eq!(combined.spec.params.len(), 2);
    }
}
