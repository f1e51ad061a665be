//! Generated variants: the solution with different arithmetic, or with one part of its weights handled wrongly.
//!
//! `katas author seal` stores their fingerprints in the lock, so that such causes are proven, not guessed; what a
//! learner is told is in `diagnose`. A variant changes the source. It first turns on a switch inside `nnx`, which
//! covers every layer and `nnx::sum`. Calls to ndarray's `dot` and `sum` are redirected to appended methods that use
//! the same switch. Sums written by hand are not changed; a variant that changes nothing, or does not compile, is
//! dropped.

use crate::tokens::{Kind, Source};
use crate::track::{Change, Variant};

/// The source of the methods that replace others. Locks contain its digest, comments included: after a change every
/// kata must be sealed again.
const METHODS: &str = include_str!("methods.rs");

/// The change in a solution.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// The arithmetic of `nnx`, and of `dot` and `sum` of `ndarray`.
    Arithmetic,
    /// The arithmetic of `nnx` only.
    Layers,
    /// Nothing is loaded.
    Keep,
    /// An operation runs along the other axis.
    Axis,
}

/// The variants, by the ids that `diagnose` has texts for.
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

/// The variants that add the same numbers in a different order: a case that they change depends on the order of
/// summation.
const REORDERED: &[&str] = &["sum_reversed", "sum_pairwise", "no_fma"];

/// Creates the variants of a solution in Rust.
pub(super) fn variants(solution: &str) -> Vec<Variant> {
    let Some(source) = Source::read(solution) else {
        return Vec::new();
    };
    let made = VARIANTS.iter().filter_map(|(id, how)| {
        let mut text = rewritten(&source, id, *how)?;
        if matches!(how, How::Arithmetic | How::Keep) {
            text.push_str("\nuse self::katas_variant::{Dot as _, Keep as _, Sum as _};\n");
            text.push_str(&format!("mod katas_variant {{\n{METHODS}}}\n"));
        }
        Some(Variant {
            id,
            source: text,
            change: match REORDERED.contains(id) {
                true => Change::Order,
                false => Change::Mistake,
            },
        })
    });
    made.collect()
}

/// The solution with redirected calls and the switch turned on; `None` if there is nothing to change.
fn rewritten(source: &Source<'_>, id: &str, how: How) -> Option<String> {
    let mut edits = Vec::new();
    for at in 0..source.tokens.len() {
        let word = source.word(at);
        let is_method = at > 0 && source.word(at - 1) == "." && source.word(at + 1) == "(";
        let new = match how {
            How::Arithmetic if is_method && word == "dot" => "katas_dot",
            // On an iterator it is another function, and such a call follows another call.
            How::Arithmetic
                if is_method && word == "sum" && source.tokens[at - 2].kind == Kind::Word =>
            {
                "katas_sum"
            }
            How::Keep if is_method && word == "set_value" => "katas_keep",
            How::Axis
                if at > 1 && source.has(at - 2, &["Axis", "("]) && source.word(at + 1) == ")" =>
            {
                match word {
                    "0" => "1",
                    "1" => "0",
                    _ => continue,
                }
            }
            _ => continue,
        };
        edits.push((source.span(at, at), new.to_owned()));
    }
    let has_nnx = (0..source.tokens.len()).any(|at| source.word(at) == "nnx");
    let switched = match how {
        How::Arithmetic => has_nnx || !edits.is_empty(),
        How::Layers => has_nnx,
        How::Keep | How::Axis => false,
    };
    if switched {
        let place = bodies(source).map(|open| source.tokens[open].end);
        edits.extend(place.map(|at| (at..at, format!(" nnx::arithmetic::change({id:?});"))));
        edits.sort_by_key(|(place, _)| place.start);
    }
    let mut text = source.text.to_owned();
    for (place, new) in edits.iter().rev() {
        text.replace_range(place.clone(), new);
    }
    (!edits.is_empty()).then_some(text)
}

/// The opening braces of the bodies of public functions, one of which is the kata's.
fn bodies(source: &Source<'_>) -> impl Iterator<Item = usize> {
    let functions = (0..source.tokens.len()).filter(|at| source.has(*at, &["pub", "fn"]));
    functions.filter_map(|function| {
        let mut at = function;
        while at < source.tokens.len() && source.word(at) != "{" {
            at = source.tokens[at].partner.max(at) + 1;
        }
        (at < source.tokens.len()).then_some(at)
    })
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
            .filter(|variant| variant.speaks == diagnose::Speaks::OfEveryLanguage)
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
        let of = |changes: &[How]| -> Vec<&str> {
            let of = VARIANTS.iter().filter(|(_, how)| changes.contains(how));
            of.map(|(id, _)| *id).collect()
        };
        let nnx = of(&[How::Arithmetic, How::Layers]);
        assert_eq!(ids("pub fn f() { nnx::sum(&x) }"), nnx);
        assert_eq!(ids("pub fn f() { a.dot(&b) }"), of(&[How::Arithmetic]));
        let text = "fn g() {} pub fn f(k: [u8; { 3 }]) -> T { model.call(x).iter().sum::<f32>(); y.sum(); y.iter().sum(); nnx::sum(&a.dot(&b)) }";
        let made = variants(text);
        let source = |id| &made.iter().find(|variant| variant.id == id).unwrap().source;
        assert!(source("sum_reversed").starts_with("fn g() {} pub fn f(k: [u8; { 3 }]) -> T { nnx::arithmetic::change(\"sum_reversed\"); model.call(x).iter().sum::<f32>(); y.katas_sum(); y.iter().sum(); nnx::sum(&a.katas_dot(&b)) }\n"));
        assert_eq!(
            *source("no_bias"),
            text.replace("-> T {", "-> T { nnx::arithmetic::change(\"no_bias\");")
        );
    }
}
