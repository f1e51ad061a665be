//! `sealed.yaml`: the sealed cases of a spec, with inputs and expected results. It is next to the reference solution,
//! and distributed only in encrypted form.

use super::cases::{self, Signature};
use super::document::{self, Head};
use super::faults::Faults;
use super::values::ReadFile;
use super::{Case, CaseKind, Spec};

/// Reads the sealed cases, each written as a shown one is.
///
/// # Errors
/// When the file has faults; the error contains all of them.
pub fn parse_sealed(
    file: &str,
    text: &str,
    spec: &Spec,
    files: ReadFile<'_>,
) -> Result<Vec<Case>, Faults> {
    let head = Head {
        what: "the file of sealed cases",
        keys: &["format", "cases"],
    };
    document::read(file, text, &head, |fields, sink| {
        let node = fields.need("cases", "the file", "cases:", sink)?;
        let names: Vec<&str> = spec
            .params
            .iter()
            .map(|param| param.name.as_str())
            .collect();
        let signature = Signature {
            params: &spec.params,
            names: &names,
            is_sound: true,
            returns: Some(&spec.returns),
            parts: &spec.parts,
            files,
        };
        let mut cases = cases::read(node, &signature, sink);
        for case in &mut cases {
            let message = if spec.cases.iter().any(|known| known.name == case.name) {
                format!("kata.yaml also has a case named `{}`", case.name)
            } else if case.kind == CaseKind::Hidden || case.expect.is_none() {
                format!("the sealed case `{}` must say what it expects", case.name)
            } else {
                case.kind = CaseKind::Sealed;
                continue;
            };
            let instead = "write a unique name, `given` and `expect`";
            sink.add(node.span, message, instead);
        }
        Some(cases)
    })
}
