//! The comparison rule in a spec: `bits`, or one of [`RULES`], such as `{ulp: 2}`.

use super::faults::Sink;
use super::fields::{Fields, choice, list_or, number};
use super::yaml::{Kind, Node};
use crate::array::Dtype;
use crate::compare::{Rule, Zeros};

/// The rule without a number.
pub(super) const BITS: &str = "bits";

/// A rule that is written as a key with a value.
pub(super) struct KeyedRule {
    pub(super) key: &'static str,
    /// Shows authors how it is written.
    pub(super) example: &'static str,
    read: fn(&Node<'_>, &mut Sink<'_>) -> Option<Rule>,
}

/// All of them.
pub(super) const RULES: [KeyedRule; 3] = [
    KeyedRule {
        key: "ulp",
        example: "{ulp: 2}",
        read: |steps, sink| number(steps, Dtype::U64, "`ulp`", "{ulp: 2}", sink).map(Rule::Ulp),
    },
    KeyedRule {
        key: "scaled_ulp",
        example: "{scaled_ulp: 4}",
        read: |steps, sink| tolerance(steps, "`scaled_ulp`", sink).map(Rule::ScaledUlp),
    },
    KeyedRule {
        key: "close",
        example: "{close: {rtol: 1e-6, atol: 0}}",
        read: close,
    },
];

/// The keys of `close`.
pub(super) const CLOSE: &[&str] = &["rtol", "atol"];

/// The words for zeros.
pub(super) const ZEROS: [(&str, Zeros); 2] =
    [("distinct", Zeros::Distinct), ("equal", Zeros::Equal)];

/// Shows how each rule but `bits` is written.
#[must_use]
pub fn tolerance_examples() -> String {
    RULES.map(|rule| rule.example).join(", ")
}

/// What a spec can have instead of what is not a rule.
fn instead() -> String {
    let keyed = RULES.iter().map(|rule| rule.example);
    let all: Vec<_> = std::iter::once(BITS).chain(keyed).collect();
    format!("write {}", list_or(&all))
}

/// Reads `compare`.
pub(super) fn rule(node: &Node<'_>, sink: &mut Sink<'_>) -> Option<Rule> {
    match &node.kind {
        Kind::Scalar { text, .. } if text == BITS => return Some(Rule::Bits),
        Kind::Map(_) => {}
        _ => {
            sink.add(
                node.span,
                format!("`{}` is not a comparison", sink.written(node.span)),
                instead(),
            );
            return None;
        }
    }
    let before = sink.len();
    let keys = RULES.map(|rule| rule.key);
    let fields = Fields::read(node, "`compare`", &keys, sink)?;
    let mut named = RULES
        .iter()
        .filter_map(|rule| Some((rule, fields.get(rule.key)?)));
    match (named.next(), named.next()) {
        (Some((rule, value)), None) => (rule.read)(value, sink),
        _ => {
            if sink.len() == before {
                sink.add(node.span, "`compare` must name one comparison", instead());
            }
            None
        }
    }
}

fn close(node: &Node<'_>, sink: &mut Sink<'_>) -> Option<Rule> {
    let fields = Fields::read(node, "`close`", CLOSE, sink)?;
    let [rtol, atol] = ["rtol", "atol"].map(|key| match fields.get(key) {
        Some(node) => tolerance(node, &format!("`{key}`"), sink),
        None => Some(0.0),
    });
    Some(Rule::Close {
        rtol: rtol?,
        atol: atol?,
    })
}

/// Reads `zeros`.
pub(super) fn zeros(node: &Node<'_>, sink: &mut Sink<'_>) -> Option<Zeros> {
    choice(node, "`zeros`", &ZEROS, sink)
}

fn tolerance(node: &Node<'_>, what: &str, sink: &mut Sink<'_>) -> Option<f64> {
    let value = f64::from_bits(number(node, Dtype::F64, what, "1e-6", sink)?);
    let is_usable = value.is_finite() && value >= 0.0;
    if !is_usable {
        sink.add(
            node.span,
            format!("{what} must be a number that is zero or greater"),
            "write a number such as `1e-6`",
        );
    }
    // `-0.0` is allowed, but one tolerance has one spelling.
    is_usable.then_some(value.abs())
}
