//! Generated variants: the solution computed another way, or with one part of its weights handled wrongly.
//!
//! `katas author seal` keeps their fingerprints in the lock, so that such causes are proved and not guessed; the words for
//! each are in `diagnose`. A variant is made in the source: calls such as `.call(` lead to the arithmetic behind the
//! solution. What it covers is what [`CALLS`] names: the layers of `nnx`, its `sum`, and `dot` and `sum` of `ndarray`. A
//! solution that adds by hand is left as it is there; a variant that changes nothing, or does not compile, is none.

use crate::tokens::{Kind, Source};

/// The arithmetic, as text.
const ARITHMETIC: &str = include_str!("arithmetic.rs");

/// The module that the text becomes.
const MODULE: &str = "katas_variant";

/// What is changed in a solution.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// The arithmetic of everything in [`CALLS`].
    Arithmetic,
    /// The arithmetic of layers only.
    Layers,
    /// Nothing is loaded.
    Keep,
    /// The other of two axes.
    Axis,
}

/// The variants, by the ids that `diagnose` has words for.
const VARIANTS: &[(&str, How)] = &[
    ("fresh_weights", How::Keep),
    ("no_bias", How::Layers),
    ("double_bias", How::Layers),
    ("sum_reversed", How::Arithmetic),
    ("sum_pairwise", How::Arithmetic),
    ("no_fma", How::Arithmetic),
    ("in_f64", How::Arithmetic),
    ("through_bf16", How::Layers),
    ("through_f16", How::Layers),
    ("other_axis", How::Axis),
];

/// The variants that add the same numbers another way: a case that they change depends on the order of its sums.
pub const REORDERED: &[&str] = &["sum_reversed", "sum_pairwise", "no_fma"];

/// Calls that are led elsewhere: the method, and the one that takes its place.
const CALLS: &[(&str, &str)] = &[("call", "katas_call"), ("apply", "katas_apply")];

/// A variant of a solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its id, in a lock and in `diagnose`.
    pub id: &'static str,
    /// The whole text.
    pub source: String,
}

/// Makes the variants of a solution in Rust.
#[must_use]
pub fn variants(solution: &str) -> Vec<Variant> {
    let Some(source) = Source::read(solution) else {
        return Vec::new();
    };
    let made = VARIANTS.iter().filter_map(|(id, how)| {
        let text = rewritten(&source, *how)?;
        let source = match how {
            How::Axis => text,
            _ => {
                let arithmetic = ARITHMETIC.replace("const ID: &str = \"none\";", &format!("const ID: &str = {id:?};"));
                format!(
                    "{text}\nuse self::{MODULE}::{{Apply as _, Call as _, Dot as _, Keep as _, Sum as _}};\nmod {MODULE} {{\n{arithmetic}}}\n"
                )
            }
        };
        Some(Variant { id, source })
    });
    made.collect()
}

/// The solution with its calls led elsewhere; `None` when there are none.
fn rewritten(source: &Source<'_>, how: How) -> Option<String> {
    let mut edits = Vec::new();
    for at in 0..source.tokens.len() {
        let word = source.word(at);
        let is_method = at > 0 && source.word(at - 1) == "." && source.word(at + 1) == "(";
        let new = match how {
            How::Arithmetic | How::Layers
                if is_method && CALLS.iter().any(|(name, _)| *name == word) =>
            {
                CALLS
                    .iter()
                    .find(|(name, _)| *name == word)
                    .map(|(_, new)| (*new).to_owned())
            }
            How::Arithmetic if is_method && word == "dot" => Some("katas_dot".to_owned()),
            // On an iterator it is another function; one stands behind a call.
            How::Arithmetic
                if is_method && word == "sum" && source.tokens[at - 2].kind == Kind::Word =>
            {
                Some("katas_sum".to_owned())
            }
            How::Arithmetic if word == "nnx" && source.has(at + 1, &["::", "sum", "("]) => {
                Some(MODULE.to_owned())
            }
            How::Keep if is_method && word == "set_value" => Some("katas_keep".to_owned()),
            How::Axis
                if at > 1 && source.has(at - 2, &["Axis", "("]) && source.word(at + 1) == ")" =>
            {
                match word {
                    "0" => Some("1".to_owned()),
                    "1" => Some("0".to_owned()),
                    _ => None,
                }
            }
            _ => None,
        };
        edits.extend(new.map(|new| (source.span(at, at), new)));
    }
    let mut text = source.text.to_owned();
    for (place, new) in edits.iter().rev() {
        text.replace_range(place.clone(), new);
    }
    (!edits.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose;

    #[test]
    fn each_variant_has_its_words() {
        let made: Vec<_> = VARIANTS.iter().map(|(id, _)| *id).collect();
        let told: Vec<_> = diagnose::VARIANTS
            .iter()
            .map(|variant| variant.id)
            .collect();
        assert_eq!(made, told);
    }

    #[test]
    fn calls_are_led_elsewhere() {
        let ids = |text| {
            variants(text)
                .into_iter()
                .map(|variant| variant.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids("fn f() { 1 + 1 }"), [""; 0]);
        assert_eq!(ids("fn f() { x.sum_axis(Axis(0)) }"), ["other_axis"]);
        assert_eq!(ids("fn f() { nnx::sum(&x) }").len(), 4);
        let text =
            "fn f() { model.call(x).iter().sum::<f32>(); y.sum(); y.iter().sum(); a.dot(&b) }";
        let source = &variants(text)[2].source;
        assert!(source.starts_with("fn f() { model.katas_call(x).iter().sum::<f32>(); y.katas_sum(); y.iter().sum(); a.katas_dot(&b) }"));
        assert!(source.contains("const ID: &str = \"sum_reversed\";"));
    }
}
