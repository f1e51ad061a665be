//! `pitfalls:` of a spec: maps each id to its text, or to `{text: ..., hint: 2}` if there is a hint for the mistake.
//!
//! The hints are in another file, so `katas author check` reports a hint that does not exist.

use super::faults::Sink;
use super::fields::{Fields, entries, number, text};
use super::names::is_id;
use super::yaml::{Kind, Node};
use super::{OPEN, Pitfall};
use crate::array::Dtype;

/// The keys of a pitfall in map form.
pub(super) const KEYS: &[&str] = &["text", "hint"];

const TEXT: &str = "a pitfall's explanation";
const EXAMPLE: &str = "no_transpose: Your kernel ...";

/// Reads the pitfalls, in file order.
pub(super) fn read(node: &Node<'_>, sink: &mut Sink<'_>) -> Vec<Pitfall> {
    let mut pitfalls = Vec::new();
    for (key, node) in entries(node, "`pitfalls`", sink).unwrap_or_default() {
        if !is_id(&key.text) {
            let message = format!(
                "`{}` is not a valid id for a pitfall, which names a file",
                key.text
            );
            sink.add(
                key.span,
                message,
                "use lowercase letters, digits and underscores: `no_transpose`",
            );
        }
        let said = match &node.kind {
            Kind::Map(_) => with_hint(node, sink),
            _ => text(node, TEXT, EXAMPLE, sink).map(|text| (text, None)),
        };
        pitfalls.extend(said.map(|(text, hint)| Pitfall {
            id: key.text.to_string(),
            text: text.trim().to_owned(),
            is_written: !text.trim().starts_with(OPEN),
            hint,
        }));
    }
    pitfalls
}

fn with_hint<'n>(node: &'n Node<'_>, sink: &mut Sink<'_>) -> Option<(&'n str, Option<usize>)> {
    let fields = Fields::read(node, "a pitfall", KEYS, sink)?;
    let said = fields.need("text", "the pitfall", "text: Your kernel ...", sink);
    let said = said.and_then(|node| text(node, TEXT, "text: Your kernel ...", sink));
    let hint = fields.get("hint").and_then(|node| {
        let step = number(node, Dtype::U32, "`hint`", "hint: 2", sink)?;
        if step == 0 {
            sink.add(
                node.span,
                "hints are numbered from 1",
                "write the number after `## ` in hints.md: `hint: 1`",
            );
        }
        usize::try_from(step).ok().filter(|step| *step > 0)
    });
    Some((said?, hint))
}
