//! A statement left out.

use super::{Change, Live};
use crate::tokens::{Kind, Source};

/// Leaves out each statement that ends in `;`. A `let` is left out only if its name was bound before: without another
/// one, the rest does not compile.
pub(super) fn left_out(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    for open in std::iter::once(live.body).flatten().chain(live.places()) {
        if source.word(open) != "{" {
            continue;
        }
        let close = source.tokens[open].partner;
        let (mut at, mut start) = (open + 1, open + 1);
        while at < close {
            let token = source.tokens[at];
            if source.word(at) == ";" {
                if live.has(start) && may_go(source, live, start) {
                    let first = source.text[source.span(start, at)]
                        .lines()
                        .next()
                        .unwrap_or_default();
                    let name = first.split('(').next().unwrap_or(first).trim();
                    let what = format!("the statement `{name}` left out");
                    found.push(Change::one(what, source.span(start, at), ""));
                }
                start = at + 1;
            }
            // A block that ends a statement without `;` is where the next one begins.
            let is_block = source.word(at) == "{";
            at = if token.kind == Kind::Open {
                token.partner + 1
            } else {
                at + 1
            };
            let goes_on = matches!(source.word(at), "." | "?" | ";" | "else" | "," | ")")
                || source
                    .tokens
                    .get(at)
                    .is_some_and(|token| token.kind == Kind::Sign);
            if is_block && !goes_on && source.word(start) != "let" {
                start = at;
            }
        }
    }
}

fn may_go(source: &Source<'_>, live: &Live<'_>, start: usize) -> bool {
    match source.word(start) {
        "use" | "return" | "break" | "continue" | "fn" | "const" | "static" => false,
        "let" => {
            let name = if source.word(start + 1) == "mut" {
                start + 2
            } else {
                start + 1
            };
            let name = source.word(name);
            let bound_before = live.places().take_while(|at| *at < start).any(|at| {
                source.word(at) == "let"
                    && (source.word(at + 1) == name || source.has(at + 1, &["mut", name]))
            });
            bound_before || live.arrays().any(|array| array == name) || live.is_whole(name)
        }
        _ => true,
    }
}
