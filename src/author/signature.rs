//! A signature as an author types it: `fn load(x: f32[in], features: usize) -> f32[features]`.

use crate::spec::{Faults, Type, is_id, parse_type};

/// The signature of a kata's function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signature {
    /// The function's name.
    pub function: String,
    /// Its parameters.
    pub params: Vec<(String, Type)>,
    /// Its result.
    pub returns: Type,
}

/// A signature could not be parsed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignatureError {
    /// It does not have the expected form.
    #[error("{0}")]
    Form(String),
    /// One of its types is not valid.
    #[error("{0}")]
    Type(#[from] Faults),
}

impl Signature {
    /// Reads a signature; `fn` and `pub fn` may be left out.
    ///
    /// # Errors
    /// When it does not have the expected form, or one of its types is not valid.
    pub(crate) fn parse(text: &str) -> Result<Self, SignatureError> {
        let form = |what: &str| SignatureError::Form(what.to_owned());
        let text = text.trim();
        let text = text.strip_prefix("pub ").unwrap_or(text).trim_start();
        let text = text.strip_prefix("fn ").unwrap_or(text).trim_start();
        let (head, returns) = text
            .rsplit_once("->")
            .ok_or_else(|| form("it has no `->` with the result's type"))?;
        let (function, params) = head
            .split_once('(')
            .ok_or_else(|| form("it has no `(` with the parameters"))?;
        let params = params
            .trim_end()
            .strip_suffix(')')
            .ok_or_else(|| form("it has no `)` before the `->`"))?;
        let function = function.trim();
        if !is_id(function) {
            let what = format!(
                "`{function}` is not a name: write lowercase letters, digits and underscores"
            );
            return Err(SignatureError::Form(what));
        }
        let mut read = Vec::new();
        for param in parts(params) {
            let (name, ty) = param.split_once(':').ok_or_else(|| {
                SignatureError::Form(format!(
                    "`{}` has no type: write `name: type`",
                    param.trim()
                ))
            })?;
            read.push((name.trim().to_owned(), parse_type(ty.trim(), false)?));
        }
        Ok(Self {
            function: function.to_owned(),
            params: read,
            returns: parse_type(returns.trim(), true)?,
        })
    }
}

/// The parts between commas outside brackets.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, char) in text.char_indices() {
        match char {
            '[' | '(' => depth += 1,
            ']' | ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_read() {
        let signature =
            Signature::parse("pub fn f(x: f32[a, b], n: usize,) -> f32[(a + b) * n]").unwrap();
        assert_eq!(signature.function, "f");
        let params: Vec<_> = signature
            .params
            .iter()
            .map(|(name, ty)| format!("{name}: {ty}"))
            .collect();
        assert_eq!(params, ["x: f32[a, b]", "n: usize"]);
        assert_eq!(signature.returns.to_string(), "f32[(a + b) * n]");
        assert!(Signature::parse("f() -> f32[]").unwrap().params.is_empty());
    }

    #[test]
    fn a_wrong_one_is_reported() {
        for (text, says) in [
            ("fn f(x: f32[n])", "no `->`"),
            ("fn f -> f32[1]", "no `(`"),
            ("fn f(x: f32[n] -> f32[n]", "no `)`"),
            ("fn F-f() -> f32[1]", "is not a name"),
            ("fn f(x) -> f32[1]", "`x` has no type"),
            ("fn f(x: float[n]) -> f32[n]", "did you mean `f32`?"),
            ("fn f(x: f32[]) -> f32[]", "has no length"),
        ] {
            let error = Signature::parse(text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
