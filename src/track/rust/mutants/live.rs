//! Which tokens of a solution may be changed, and facts about its names.
//!
//! Signatures, attributes and `use` lines stay: changing them gives a different program, not a mistake in this one.
//! Panic messages also stay, because no case shows them.

use crate::spec::{Spec, Type};
use crate::tokens::{Kind, Source};

/// Macros and methods whose arguments are only for people.
const SPOKEN: &[&str] = &[
    "expect",
    "panic",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "unreachable",
    "todo",
    "unimplemented",
    "println",
    "eprintln",
    "dbg",
];

/// What may be changed.
pub(super) struct Live<'s> {
    live: Vec<bool>,
    /// The position of the `{` of the kata's function.
    pub(super) body: Option<usize>,
    spec: &'s Spec,
}

impl<'s> Live<'s> {
    pub(super) fn of(source: &Source<'_>, spec: &'s Spec) -> Self {
        let tokens = &source.tokens;
        let mut live = vec![false; tokens.len()];
        let mut body = None;
        for at in 0..tokens.len() {
            match source.word(at) {
                "fn" => {
                    let opens = (at + 1..tokens.len()).find(|at| source.word(*at) == "{");
                    if let Some(open) = opens {
                        live[open + 1..tokens[open].partner].fill(true);
                        if source.word(at + 1) == spec.function {
                            body = Some(open);
                        }
                    }
                }
                "const" | "static" => {
                    let equals = (at + 1..tokens.len())
                        .find(|at| matches!(source.word(*at), "=" | ";" | "{"));
                    let end = (at + 1..tokens.len()).find(|at| source.word(*at) == ";");
                    if let (Some(equals), Some(end)) = (equals, end)
                        && source.word(equals) == "="
                    {
                        live[equals + 1..end].fill(true);
                    }
                }
                _ => {}
            }
        }
        for at in 0..tokens.len() {
            let spoken = tokens[at].kind == Kind::Word && SPOKEN.contains(&source.word(at));
            let open = if source.word(at + 1) == "!" {
                at + 2
            } else {
                at + 1
            };
            if source.word(at) == "#" && source.word(at + 1) == "[" {
                live[at..=tokens[at + 1].partner].fill(false);
            } else if spoken
                && tokens
                    .get(open)
                    .is_some_and(|token| token.kind == Kind::Open)
            {
                live[at..=tokens[open].partner].fill(false);
            }
        }
        Self { live, body, spec }
    }

    /// The positions that may be changed.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        (0..self.live.len()).filter(|at| self.live[*at])
    }

    pub(super) fn has(&self, place: usize) -> bool {
        self.live.get(place).copied().unwrap_or(false)
    }

    /// The parameters that are arrays; answers get them with one dimension.
    pub(super) fn arrays(&self) -> impl Iterator<Item = &'s str> {
        let params = self.spec.params.iter();
        let arrays = params.filter(|param| matches!(param.ty, Type::Array { .. }));
        arrays.map(|param| param.name.as_str())
    }

    /// Whether this is a parameter that is one whole number.
    pub(super) fn is_whole(&self, name: &str) -> bool {
        let is = |ty: &Type| match ty {
            Type::Usize => true,
            Type::Scalar(dtype) => dtype.range().is_some(),
            _ => false,
        };
        self.spec
            .params
            .iter()
            .any(|param| param.name == name && is(&param.ty))
    }
}
