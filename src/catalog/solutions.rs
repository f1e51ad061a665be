//! Reads the files of `solutions/<id>/`, if a course has that folder.

use std::path::Path;

use super::CatalogError;
use super::inputs::{is_there, read_input};
use crate::array::Value;
use crate::files;
use crate::spec::{self, Spec};

/// Reads the expected outputs of the hidden cases of a kata; empty if the course does not have them.
pub(super) fn hidden(
    root: &Path,
    id: &str,
    spec: &Spec,
) -> Result<Vec<(String, Value)>, CatalogError> {
    let shown = format!("solutions/{id}/hidden.yaml");
    parsed(root, id, &shown, |text, inputs| {
        spec::parse_hidden(&shown, text, spec, inputs)
    })
}

/// Reads a file of that folder, if it exists.
pub(super) fn parsed<T>(
    root: &Path,
    id: &str,
    shown: &str,
    parse: impl Fn(&str, spec::ReadFile<'_>) -> Result<Vec<T>, spec::Faults>,
) -> Result<Vec<T>, CatalogError> {
    let path = root.join(shown);
    if !is_there(&path) {
        return Ok(Vec::new());
    }
    let text = files::read_text(&path)?;
    let folder = root.join("solutions").join(id);
    let inputs = |name: &str| read_input(&folder, name);
    parse(&text, &inputs).map_err(CatalogError::Faults)
}
