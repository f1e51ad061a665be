//! Several programs in one, chosen by an additional argument: compiling and starting it takes a fraction of the time
//! that the programs would take one by one.

use std::fmt::Write;
use std::ops::Range;

use super::glue;
use super::items::Items;
use crate::array::Dtype;
use crate::spec::{Param, Spec, Type};
use crate::track::{Combined, TrackError};

/// The name of the additional parameter.
const CHOICE: &str = "choice_of_program";

/// The name of the module of the original.
const ORIGINAL: &str = "original";

/// Puts each program into a module of its own. Most of them are changed copies of `original`: these are inside of its
/// module and have only the items that differ.
pub(super) fn combined(
    spec: &Spec,
    original: &str,
    programs: &[&str],
) -> Result<Combined, TrackError> {
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
    let known = Items::read(original);
    let mut own = Vec::new();
    for program in programs {
        let items = Items::read(program).zip(known.as_ref());
        own.push(items.and_then(|(items, known)| items.own(known)));
    }
    let mut text = Text {
        source: "#![allow(warnings)]\nuse ndarray::Array1;\n".to_owned(),
        lines: vec![0..0; programs.len()],
    };
    if own.iter().any(Option::is_some) {
        let _ = writeln!(text.source, "mod {ORIGINAL} {{\n{original}");
        for (number, own) in own.iter().enumerate() {
            if let Some(own) = own {
                text.add(number, &format!("pub use super::*;\n{}", own.join("\n")));
            }
        }
        let _ = writeln!(text.source, "}}");
    }
    let mut arms = String::new();
    for (number, (program, own)) in programs.iter().zip(&own).enumerate() {
        let place = match own {
            Some(_) => format!("{ORIGINAL}::"),
            None => {
                text.add(number, program);
                String::new()
            }
        };
        let _ = writeln!(arms, "        {number} => {place}program_{number}::{call},");
    }
    let Text { mut source, lines } = text;
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

/// The text so far, with the lines of each program.
struct Text {
    source: String,
    lines: Vec<Range<usize>>,
}

impl Text {
    /// Adds the module of the program with this number.
    fn add(&mut self, number: usize, program: &str) {
        let first = self.source.lines().count() + 1;
        let _ = writeln!(self.source, "pub mod program_{number} {{\n{program}\n}}");
        self.lines[number] = first..self.source.lines().count() + 1;
    }
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
        let original = "pub fn f() { g() }\nfn g() {}";
        let programs = ["// one\nmod own {}", "fn g() {}\npub fn f() {}"];
        let combined = combined(&spec, original, &programs).expect("it can be");
        let lines: Vec<&str> = combined.source.lines().collect();
        let of = |program: usize| {
            lines[combined.lines[program].start - 1..combined.lines[program].end - 1].join("\n")
        };
        assert_eq!(of(0), "pub mod program_0 {\n// one\nmod own {}\n}");
        assert_eq!(
            of(1),
            "pub mod program_1 {\npub use super::*;\npub fn f() {}\n}"
        );
        for arm in ["0 => program_0::f(x),", "1 => original::program_1::f(x),"] {
            assert!(combined.source.contains(arm), "{}", combined.source);
        }
        assert_eq!(combined.spec.params.len(), 2);
    }
}
