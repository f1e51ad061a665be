//! The common structure of all files: YAML, a map, and a `format`.

use super::fault::Span;
use super::faults::{Faults, Sink};
use super::fields::{Fields, number};
use super::yaml::{self, Kind, Node};
use crate::array::Dtype;

/// The format this version reads.
const FORMAT: u64 = 1;

/// The kind of a file and its keys.
pub(super) struct Head<'h> {
    pub(super) what: &'h str,
    pub(super) keys: &'h [&'h str],
}

/// Reads a file with a function for its keys. A file of a newer format is not read further: its keys may be new too.
pub(super) fn read<T>(
    file: &str,
    text: &str,
    head: &Head<'_>,
    body: impl FnOnce(&Fields<'_, '_>, &mut Sink<'_>) -> Option<T>,
) -> Result<T, Faults> {
    let mut sink = Sink::new(file, text);
    let node = match yaml::parse(text) {
        Ok(Some(node)) => node,
        Ok(None) => {
            sink.add(
                Span { start: 0, end: 0 },
                "the file is empty",
                "start it with `format: 1`",
            );
            return sink.finish(None);
        }
        Err(error) => {
            sink.add(error.span, error.message, error.instead);
            return sink.finish(None);
        }
    };
    if is_newer(&node, &mut sink) {
        return sink.finish(None);
    }
    let Some(fields) = Fields::read(&node, head.what, head.keys, &mut sink) else {
        return sink.finish(None);
    };
    if let Some(node) = fields.need("format", "the file", "format: 1", &mut sink)
        && let Some(format) = number(node, Dtype::U64, "`format`", "format: 1", &mut sink)
        && format != FORMAT
    {
        sink.add(
            node.span,
            format!("there is no format {format}"),
            format!("write `format: {FORMAT}`"),
        );
    }
    let read = body(&fields, &mut sink);
    sink.finish(read)
}

fn is_newer(node: &Node<'_>, sink: &mut Sink<'_>) -> bool {
    let Kind::Map(entries) = &node.kind else {
        return false;
    };
    let Some((
        _,
        Node {
            span,
            kind: Kind::Scalar { text, .. },
        },
    )) = entries.iter().find(|(key, _)| key.text == "format")
    else {
        return false;
    };
    let is_newer = text.parse::<u64>().is_ok_and(|format| format > FORMAT);
    if is_newer {
        let message = format!(
            "this file needs a newer version of katas: it has format {text}, and this version reads format {FORMAT}"
        );
        sink.add(*span, message, "update katas");
    }
    is_newer
}
