//! The cases of a spec: inputs by parameter, and the expected result if the spec may contain it.

use super::dims::{Bindings, CaseInput};
use super::faults::Sink;
use super::fields::{Fields, choice, items, list, text};
use super::values::{self, ReadFile};
use super::yaml::Node;
use super::{Case, CaseKind, Param, Part, Type, parts};
use crate::array::Value;
use std::collections::HashMap;

/// The keys of a case.
pub(super) const KEYS: &[&str] = &["name", "hidden", "sealed", "note", "given", "expect"];

/// The parts of a spec that its cases are checked against; a faulty type is `None`.
pub(super) struct Signature<'s> {
    pub(super) params: &'s [Param],
    /// The names of all parameters, including those with a faulty type.
    pub(super) names: &'s [&'s str],
    /// Whether every type is valid and every dimension name gets a value; otherwise lengths cannot be checked.
    pub(super) is_sound: bool,
    pub(super) returns: Option<&'s Type>,
    pub(super) parts: &'s [Part],
    pub(super) files: ReadFile<'s>,
}

/// Reads all cases; their names must be unique.
pub(super) fn read(node: &Node<'_>, signature: &Signature<'_>, sink: &mut Sink<'_>) -> Vec<Case> {
    let Some(nodes) = items(node, "`cases`", "- name: identity", sink) else {
        return Vec::new();
    };
    if nodes.is_empty() {
        sink.add(
            node.span,
            "there are no cases",
            "add one: `- {name: ..., given: {...}, expect: ...}`",
        );
    }
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut cases = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(fields) = Fields::read(node, "a case", KEYS, sink) else {
            continue;
        };
        let name = fields.need("name", "the case", "name: what it shows", sink);
        let name = name.and_then(|node| {
            Some((
                text(node, "`name`", "name: what it shows", sink)?.trim(),
                node.span,
            ))
        });
        if let Some((name, span)) = name {
            match names.get(name) {
                Some(line) => sink.add(
                    span,
                    format!("two cases are named `{name}`"),
                    format!("rename one of them: the first is on line {line}"),
                ),
                None => _ = names.insert(name.to_owned(), sink.line(span.start)),
            }
        }
        let name = name.map_or("", |(name, _)| name);
        cases.extend(read_case(node, name, &fields, signature, sink));
    }
    cases
}

fn read_case(
    node: &Node<'_>,
    name: &str,
    fields: &Fields<'_, '_>,
    signature: &Signature<'_>,
    sink: &mut Sink<'_>,
) -> Option<Case> {
    let kind = kind(fields, sink);
    let note = fields
        .get("note")
        .and_then(|node| text(node, "`note`", "note: one sentence", sink));
    let given = given(fields, signature, sink);
    check_expect(name, kind, fields, sink);
    if !signature.is_sound {
        if let (Some(returns), Some(node)) = (signature.returns, fields.get("expect")) {
            values::read(node, returns, "`expect`", signature.files, sink);
        }
        return None;
    }
    let bindings = Bindings::bind(signature.params, &given, sink);
    let mut shaped = Vec::with_capacity(given.len());
    for (param, given) in signature.params.iter().zip(given) {
        let shape = |(value, span)| {
            bindings.shape_input(&param.ty, value, span, &format!("`{}`", param.name), sink)
        };
        shaped.push(given.and_then(shape));
    }
    let returns = signature.returns?;
    let expect = match fields.get("expect").filter(|_| kind != CaseKind::Hidden) {
        None => None,
        Some(node) => {
            let value = values::read(node, returns, "`expect`", signature.files, sink)?;
            Some(bindings.shape(returns, value, node.span, "`expect`", sink)?)
        }
    };
    let place = fields.get("expect").unwrap_or(node).span;
    let count = match &expect {
        Some(Value::Array(array)) => Some(array.len()),
        _ => bindings.count(returns),
    };
    parts::check(signature.parts, count, &bindings, place, sink);
    Some(Case {
        name: name.to_owned(),
        kind,
        note: note.map(|note| note.trim().to_owned()),
        given: shaped.into_iter().collect::<Option<_>>()?,
        expect,
        dims: bindings.used(signature.params, returns, signature.parts),
        line: sink.line(node.span.start),
    })
}

fn kind(fields: &Fields<'_, '_>, sink: &mut Sink<'_>) -> CaseKind {
    let flag = |key: &str, sink: &mut Sink<'_>| {
        let node = fields.get(key)?;
        choice(
            node,
            &format!("`{key}`"),
            &[("true", true), ("false", false)],
            sink,
        )
    };
    let hidden = flag("hidden", sink).unwrap_or(false);
    let sealed = flag("sealed", sink).unwrap_or(false);
    if hidden
        && sealed
        && let Some(span) = fields.key_span("sealed")
    {
        sink.add(
            span,
            "a case is hidden or sealed, not both",
            "keep `hidden: true` or `sealed: true`",
        );
    }
    match (hidden, sealed) {
        (_, true) => CaseKind::Sealed,
        (true, false) => CaseKind::Hidden,
        (false, false) => CaseKind::Shown,
    }
}

/// Checks that only cases that may show their expected result have one. A sealed case may have one, because the whole
/// file is encrypted.
fn check_expect(name: &str, kind: CaseKind, fields: &Fields<'_, '_>, sink: &mut Sink<'_>) {
    match (kind, fields.key_span("expect")) {
        (CaseKind::Hidden, Some(span)) => sink.add(
            span,
            format!("{} shows what it expects", named("the hidden case", name)),
            "move the value to hidden.yaml next to the reference solution, or leave out `hidden: true`",
        ),
        (CaseKind::Shown, None) => {
            _ = fields.need("expect", &named("the shown case", name), "expect: [...]` or `hidden: true", sink);
        }
        _ => {}
    }
}

fn named(what: &str, name: &str) -> String {
    match name {
        "" => what.to_owned(),
        _ => format!("{what} `{name}`"),
    }
}

/// Reads one input for each parameter, in the parameters' order.
fn given(
    fields: &Fields<'_, '_>,
    signature: &Signature<'_>,
    sink: &mut Sink<'_>,
) -> Vec<CaseInput> {
    let nothing = || signature.params.iter().map(|_| None).collect();
    let Some(node) = fields.need("given", "the case", "given: {...}", sink) else {
        return nothing();
    };
    let names = signature.names;
    let Some(inputs) = Fields::read(node, "`given`", names, sink) else {
        return nothing();
    };
    let missing: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| inputs.lacks(name))
        .collect();
    if !missing.is_empty() {
        sink.add(
            node.span,
            format!("`given` has no {}", list(&missing)),
            format!("add `{}: ...`", missing.join(": ..., ")),
        );
    }
    let read = |param: &Param| {
        let node = inputs.get(&param.name)?;
        let value = values::read(
            node,
            &param.ty,
            &format!("`{}`", param.name),
            signature.files,
            sink,
        )?;
        Some((value, node.span))
    };
    signature.params.iter().map(read).collect()
}
