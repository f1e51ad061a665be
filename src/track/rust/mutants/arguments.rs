//! Swaps two arguments, elements or dimensions. Swaps of values of different types do not compile, so they are
//! dropped.

use super::{Change, Live};
use crate::tokens::{Kind, Source};

/// With more items, only neighbors are swapped.
const ALL_PAIRS: usize = 3;

/// Swaps two items of each list in brackets.
pub(super) fn swapped(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    for open in live.places() {
        let token = source.tokens[open];
        if token.kind != Kind::Open || source.word(open) == "{" {
            continue;
        }
        let parts = parts(source, open, token.partner);
        for first in 0..parts.len() {
            for second in first + 1..parts.len() {
                if second > first + 1 && parts.len() > ALL_PAIRS {
                    continue;
                }
                let [left, right] = [first, second].map(|at| source.span(parts[at].0, parts[at].1));
                let (one, other) = (&source.text[left.clone()], &source.text[right.clone()]);
                if one == other {
                    continue;
                }
                found.push(Change {
                    what: what(source, open, one, other),
                    edits: vec![(left, other.to_owned()), (right, one.to_owned())],
                });
            }
        }
    }
}

fn what(source: &Source<'_>, open: usize, one: &str, other: &str) -> String {
    let is_short = |text: &str| text.len() <= 20 && !text.contains('\n');
    let of = |place: usize| source.word(place).to_owned();
    let is_call = open > 0 && source.tokens[open - 1].kind == Kind::Word;
    if is_short(one) && is_short(other) {
        format!("`{one}` and `{other}` swapped")
    } else if is_call {
        format!("two arguments of `{}` swapped", of(open - 1))
    } else {
        "two elements swapped".to_owned()
    }
}

/// The first and the last token of each part between commas.
fn parts(source: &Source<'_>, open: usize, close: usize) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let (mut at, mut start) = (open + 1, open + 1);
    while at <= close {
        let ends = at == close || source.word(at) == ",";
        if ends {
            if at > start {
                parts.push((start, at - 1));
            }
            start = at + 1;
        }
        at = if source.tokens[at].kind == Kind::Open {
            source.tokens[at].partner + 1
        } else {
            at + 1
        };
    }
    parts
}
