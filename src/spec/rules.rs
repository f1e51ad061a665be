//! The comparison rule in a spec: `bits`, `{ulp: 2}`, `{scaled_ulp: 4}`, `{close: {rtol: 1e-6, atol: 0}}`.

use super::faults::Sink;
use super::fields::{Fields, choice, number};
use super::yaml::{Kind, Node};
use crate::array::Dtype;
use crate::compare::{Rule, Zeros};

/// The rule without a number.
pub(super) const BITS: &str = "bits";

/// The rules with a number.
pub(super) const RULES: &[&str] = &["ulp", "scaled_ulp", "close"];

/// The keys of `close`.
pub(super) const CLOSE: &[&str] = &["rtol", "atol"];

/// The words for zeros.
pub(super) const ZEROS: [(&str, Zeros); 2] =
    [("distinct", Zeros::Distinct), ("equal", Zeros::Equal)];

const EXAMPLES: &str =
    "write `bits`, `{ulp: 2}`, `{scaled_ulp: 4}` or `{close: {rtol: 1e-6, atol: 0}}`";

/// Reads `compare`.
pub(super) fn rule(node: &Node<'_>, sink: &mut Sink<'_>) -> Option<Rule> {
    match &node.kind {
        Kind::Scalar { text, .. } if text == BITS => return Some(Rule::Bits),
        Kind::Map(_) => {}
        _ => {
            sink.add(
                node.span,
                format!("`{}` is not a comparison", sink.written(node.span)),
                EXAMPLES,
            );
            return None;
        }
    }
    let before = sink.len();
    let fields = Fields::read(node, "`compare`", RULES, sink)?;
    match (
        fields.get("ulp"),
        fields.get("scaled_ulp"),
        fields.get("close"),
    ) {
        (Some(steps), None, None) => {
            number(steps, Dtype::U64, "`ulp`", "{ulp: 2}", sink).map(Rule::Ulp)
        }
        (None, Some(steps), None) => tolerance(steps, "`scaled_ulp`", sink).map(Rule::ScaledUlp),
        (None, None, Some(close)) => {
            let fields = Fields::read(close, "`close`", CLOSE, sink)?;
            let [rtol, atol] = ["rtol", "atol"].map(|key| match fields.get(key) {
                Some(node) => tolerance(node, &format!("`{key}`"), sink),
                None => Some(0.0),
            });
            Some(Rule::Close {
                rtol: rtol?,
                atol: atol?,
            })
        }
        _ => {
            if sink.len() == before {
                sink.add(node.span, "`compare` must name one comparison", EXAMPLES);
            }
            None
        }
    }
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
