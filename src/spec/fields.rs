//! Reads maps and scalars of a file and reports every mistake: unknown, duplicate and missing keys, and values of the
//! wrong kind.
//!
//! Every reader of a file uses it, so the same mistake has the same message everywhere.

use super::fault::Span;
use super::faults::Sink;
use super::similar::closest;
use super::yaml::{Key, Kind, Node};
use crate::array::{Dtype, parse_bits};

/// The entries of a map whose keys are all known.
pub(super) struct Fields<'n, 'a> {
    span: Span,
    entries: Vec<(&'n Key<'a>, &'n Node<'a>)>,
    /// The keys that misspelled ones were meant to be; they are not reported as missing too.
    meant: Vec<String>,
}

impl<'n, 'a> Fields<'n, 'a> {
    /// Reads a map; an unknown key is a fault, and so is a duplicate, whose first value is used.
    pub(super) fn read(
        node: &'n Node<'a>,
        what: &str,
        known: &[&str],
        sink: &mut Sink<'_>,
    ) -> Option<Self> {
        let mut fields = Self {
            span: node.span,
            entries: Vec::new(),
            meant: Vec::new(),
        };
        for (key, value) in entries(node, what, sink)? {
            if known.contains(&key.text.as_ref()) {
                fields.entries.push((key, value));
                continue;
            }
            let instead = match closest(&key.text, known.iter().copied()) {
                Some(meant) => {
                    fields.meant.push(meant.to_owned());
                    format!("did you mean `{meant}`?")
                }
                None if known.is_empty() => "leave it out".to_owned(),
                None => format!("{what} has {}", list(known)),
            };
            sink.add(
                key.span,
                format!("`{}` is not a key of {what}", key.text),
                instead,
            );
        }
        Some(fields)
    }

    pub(super) fn get(&self, key: &str) -> Option<&'n Node<'a>> {
        self.entries
            .iter()
            .find(|(known, _)| known.text == key)
            .map(|(_, value)| *value)
    }

    /// Returns whether a key is missing, and not just misspelled.
    pub(super) fn lacks(&self, key: &str) -> bool {
        self.get(key).is_none() && !self.meant.iter().any(|meant| meant == key)
    }

    /// Returns the place of a key.
    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.entries
            .iter()
            .find(|(known, _)| known.text == key)
            .map(|(known, _)| known.span)
    }

    /// Returns the value of a required key.
    pub(super) fn need(
        &self,
        key: &str,
        what: &str,
        example: &str,
        sink: &mut Sink<'_>,
    ) -> Option<&'n Node<'a>> {
        let value = self.get(key);
        if self.lacks(key) {
            sink.add(
                self.span,
                format!("{what} has no `{key}`"),
                format!("add `{example}`"),
            );
        }
        value
    }
}

/// Returns the entries of a map without duplicate keys, which are faults.
pub(super) fn entries<'n, 'a>(
    node: &'n Node<'a>,
    what: &str,
    sink: &mut Sink<'_>,
) -> Option<Vec<(&'n Key<'a>, &'n Node<'a>)>> {
    let Kind::Map(entries) = &node.kind else {
        sink.add(
            node.span,
            format!("{what} must be a map, not {}", kind(node)),
            "write `key: value` lines, or `{key: value}`",
        );
        return None;
    };
    let mut first = std::collections::HashMap::new();
    let mut kept = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        match first.get(key.text.as_ref()) {
            None => {
                first.insert(key.text.as_ref(), key.span);
                kept.push((key, value));
            }
            Some(before) => {
                let line = sink.line(before.start);
                sink.add(
                    key.span,
                    format!("`{}` appears twice", key.text),
                    format!("keep one: the first is on line {line}"),
                );
            }
        }
    }
    Some(kept)
}

/// Returns the items of a list.
pub(super) fn items<'n, 'a>(
    node: &'n Node<'a>,
    what: &str,
    example: &str,
    sink: &mut Sink<'_>,
) -> Option<&'n [Node<'a>]> {
    match &node.kind {
        Kind::List(items) => Some(items),
        _ => {
            sink.add(
                node.span,
                format!("{what} must be a list, not {}", kind(node)),
                format!("write `{example}`"),
            );
            None
        }
    }
}

/// Returns a string that is not empty.
pub(super) fn text<'n>(
    node: &'n Node<'_>,
    what: &str,
    example: &str,
    sink: &mut Sink<'_>,
) -> Option<&'n str> {
    match &node.kind {
        Kind::Scalar { text, .. } if !text.trim().is_empty() => Some(text),
        _ => {
            sink.add(
                node.span,
                format!("{what} must be text, not {}", kind(node)),
                format!("write `{example}`"),
            );
            None
        }
    }
}

/// Returns a list of strings that are not empty.
pub(super) fn texts(
    node: &Node<'_>,
    what: &str,
    example: &str,
    sink: &mut Sink<'_>,
) -> Vec<String> {
    let items = items(node, what, example, sink).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| text(item, what, example, sink))
        .map(str::to_owned)
        .collect()
}

/// Returns a number of the dtype, as bits.
pub(super) fn number(
    node: &Node<'_>,
    dtype: Dtype,
    what: &str,
    example: &str,
    sink: &mut Sink<'_>,
) -> Option<u64> {
    let text = text(node, what, example, sink)?;
    match parse_bits(dtype, text) {
        Ok(bits) => Some(bits),
        Err(error) => {
            sink.add(
                node.span,
                format!("{what}: {}", error.message),
                format!("write a number such as `{example}`"),
            );
            None
        }
    }
}

/// Picks one of a few words.
pub(super) fn choice<T: Copy>(
    node: &Node<'_>,
    what: &str,
    choices: &[(&str, T)],
    sink: &mut Sink<'_>,
) -> Option<T> {
    let written = match &node.kind {
        Kind::Scalar { text, .. } => text.as_ref(),
        _ => "",
    };
    let found = choices.iter().find(|(word, _)| *word == written);
    if found.is_none() {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let meant = closest(written, words.iter().copied()).unwrap_or(words[0]);
        let got = if written.is_empty() {
            kind(node).to_owned()
        } else {
            format!("`{written}`")
        };
        sink.add(
            node.span,
            format!("{what} must be {}, not {got}", list_or(&words)),
            format!("write `{meant}`"),
        );
    }
    found.map(|(_, value)| *value)
}

/// Returns the kind of a node, for messages.
pub(super) fn kind(node: &Node<'_>) -> &'static str {
    match &node.kind {
        Kind::Scalar { text, quoted } if text.is_empty() && !quoted => "nothing",
        Kind::Scalar { text, .. } if text.trim().is_empty() => "empty text",
        Kind::Scalar { .. } => "a single value",
        Kind::List(_) => "a list",
        Kind::Map(_) => "a map",
    }
}

/// Writes names as `a`, `b` and `c`.
pub(super) fn list(names: &[&str]) -> String {
    join(names, "and")
}

pub(super) fn list_or(names: &[&str]) -> String {
    join(names, "or")
}

fn join(names: &[&str], last_word: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} {last_word} {last}", rest.join(", ")),
    }
}
