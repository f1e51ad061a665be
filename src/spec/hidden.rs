//! `hidden.yaml`: the expected results of hidden cases. It is next to the reference solution and never distributed.

use super::document::{self, Head};
use super::faults::Faults;
use super::fields::{entries, list};
use super::similar::closest;
use super::values::{self, ReadFile};
use super::{CaseKind, Spec, dims, parts};
use crate::array::Value;

/// Reads the expected results of all hidden cases, by case name in the order of the spec.
///
/// # Errors
/// When the file has faults, or a hidden case has no result; the error contains all faults.
pub fn parse_hidden(
    file: &str,
    text: &str,
    spec: &Spec,
    files: ReadFile<'_>,
) -> Result<Vec<(String, Value)>, Faults> {
    let head = Head {
        what: "the file of hidden results",
        keys: &["format", "expect"],
    };
    document::read(file, text, &head, |fields, sink| {
        let node = fields.need(
            "expect",
            "the file",
            "expect: {name of a case: [...]}",
            sink,
        )?;
        let given = entries(node, "`expect`", sink)?;
        let hidden = || {
            spec.cases
                .iter()
                .filter(|case| case.kind == CaseKind::Hidden)
        };
        for (key, _) in &given {
            let case = spec.cases.iter().find(|case| case.name == key.text);
            let (message, instead) = match case.map(|case| case.kind) {
                Some(CaseKind::Hidden) => continue,
                Some(kind) => (
                    format!("the case `{}` is {}, not hidden", key.text, kind.name()),
                    "leave it out".to_owned(),
                ),
                None => {
                    let meant = closest(&key.text, hidden().map(|case| case.name.as_str()));
                    let instead = meant.map_or_else(
                        || "leave it out".to_owned(),
                        |meant| format!("did you mean `{meant}`?"),
                    );
                    (format!("the spec has no case `{}`", key.text), instead)
                }
            };
            sink.add(key.span, message, instead);
        }
        let mut results = Vec::new();
        let mut missing = Vec::new();
        for case in hidden() {
            let Some((_, node)) = given.iter().find(|(key, _)| key.text == case.name) else {
                missing.push(case.name.as_str());
                continue;
            };
            let what = format!("the result of `{}`", case.name);
            let value = values::read(node, &spec.returns, &what, files, sink);
            let shaped = value.and_then(|value| {
                dims::known(case).shape(&spec.returns, value, node.span, &what, sink)
            });
            if let Some(Value::Array(array)) = &shaped {
                let bindings = dims::known(case);
                parts::check(&spec.parts, Some(array.len()), &bindings, node.span, sink);
            }
            results.extend(shaped.map(|value| (case.name.clone(), value)));
        }
        if !missing.is_empty() {
            sink.add(
                node.span,
                format!("no result is given for {}", list(&missing)),
                format!("add `{}: [...]`", missing.join(": [...]`, `")),
            );
        }
        Some(results)
    })
}
