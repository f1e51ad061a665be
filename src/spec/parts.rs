//! The parts of a result: named ranges of numbers, such as the sums that two libraries compute.
//!
//! `parts: [{name: NNX sum, length: 1}, {name: logits, length: vocab, compare: {scaled_ulp: 4}}]` divides a flat
//! result completely. A result without `parts` is a single part.

use super::dims::Bindings;
use super::expr::Expr;
use super::fault::Span;
use super::faults::Sink;
use super::fields::{Fields, items, text};
use super::rules;
use super::yaml::Node;
use super::{Part, Type};
use crate::words::plural;

/// The keys of a part.
pub(super) const KEYS: &[&str] = &["name", "length", "compare"];

const EXAMPLE: &str = "parts: [{name: NNX sum, length: 1}, {name: Linen sum, length: 1}]";

/// Reads `parts`; only a result that is an array can have them.
pub(super) fn read(node: &Node<'_>, returns: Option<&Type>, sink: &mut Sink<'_>) -> Vec<Part> {
    if returns.is_some_and(|returns| !matches!(returns, Type::Array { .. })) {
        sink.add(
            node.span,
            "only a result that is an array has parts",
            "leave out `parts`, or return an array such as `f32[2]`",
        );
        return Vec::new();
    }
    let mut parts: Vec<Part> = Vec::new();
    for node in items(node, "`parts`", EXAMPLE, sink).unwrap_or_default() {
        let Some(fields) = Fields::read(node, "a part", KEYS, sink) else {
            continue;
        };
        let name = fields.need("name", "the part", "name: NNX sum", sink);
        let length = fields.need("length", "the part", "length: 1", sink);
        let name = name.and_then(|node| {
            let name = text(node, "`name`", "name: NNX sum", sink)?.trim();
            if parts.iter().any(|part| part.name == name) {
                sink.add(
                    node.span,
                    format!("two parts are named `{name}`"),
                    "give one of them a different name",
                );
            }
            Some(name)
        });
        let length = length.and_then(|node| {
            let written = text(node, "`length`", "length: 2 * n", sink)?;
            Expr::parse(written)
                .map_err(|error| {
                    sink.add(node.span, error.message, "write a length such as `2 * n`");
                })
                .ok()
        });
        let rule = match fields.get("compare") {
            None => Some(None),
            Some(node) => rules::rule(node, sink).map(Some),
        };
        if let (Some(name), Some(length), Some(rule)) = (name, length, rule) {
            parts.push(Part {
                name: name.to_owned(),
                length,
                rule,
            });
        }
    }
    parts
}

/// Checks that the parts of one case's result cover all of it.
///
/// `count` is the number of values in the result, if known; `span` is where a fault is shown.
pub(super) fn check(
    parts: &[Part],
    count: Option<usize>,
    bindings: &Bindings<'_>,
    span: Span,
    sink: &mut Sink<'_>,
) {
    if parts.is_empty() {
        return;
    }
    let mut sum = 0_usize;
    for part in parts {
        match bindings.length(&part.length) {
            Ok(length) => sum = sum.saturating_add(length),
            Err(error) => {
                sink.add(
                    span,
                    format!(
                        "the part `{}` has no valid length here: `{}`: {error}",
                        part.name, part.length
                    ),
                    "write a length that uses only numbers and the names in the signature",
                );
                return;
            }
        }
    }
    if let Some(count) = count.filter(|count| *count != sum) {
        sink.add(
            span,
            format!(
                "the parts have {} in total, but the result has {count}",
                plural(sum, "value")
            ),
            "correct the lengths under `parts`",
        );
    }
}
