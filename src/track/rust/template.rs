//! The programs of a new kata: with the right signature, and without a body.

use std::fmt::Write;

use super::glue;
use crate::spec::Spec;
use crate::track::TrackError;

/// A program that compiles and uses its arguments, but returns nothing.
pub(super) fn program(spec: &Spec, about: &str, message: &str) -> Result<String, TrackError> {
    let mut signature = glue::signature(spec)?;
    if signature.len() > 98 {
        signature = signature
            .replacen('(', "(\n    ", 1)
            .replace(", ", ",\n    ")
            .replacen(") ->", ",\n) ->", 1);
    }
    let mut text = String::new();
    if signature.contains("Array1") {
        text.push_str("use ndarray::Array1;\n\n");
    }
    if !about.is_empty() {
        let _ = writeln!(text, "/// {about}");
    }
    let names: Vec<_> = spec
        .params
        .iter()
        .map(|param| format!("{{{}:?}}", param.name))
        .collect();
    let _ = write!(
        text,
        "{signature} {{\n    todo!(\"{message} {}\")\n}}\n",
        names.join(", ")
    );
    Ok(text)
}
