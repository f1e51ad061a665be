//! Changes of layout: a transpose left out or added, an input reversed.

use super::{Change, Live};
use crate::tokens::{Kind, Source};

/// Calls that reorder the axes of an array.
const TURNS: &[&str] = &["t", "reversed_axes", "permuted_axes"];

/// Calls that return an array of two or more dimensions.
const SHAPES: &[&str] = &[
    "to_shape",
    "into_shape_with_order",
    "into_shape_clone",
    "from_shape_vec",
    "array2",
    "broadcast",
];

/// Leaves out each of these calls.
pub(super) fn turns_left_out(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    for at in live.places() {
        if source.word(at) == "."
            && TURNS.contains(&source.word(at + 1))
            && source.word(at + 2) == "("
        {
            let end = source.tokens[at + 2].partner;
            let what = format!("`.{}` left out", source.word(at + 1));
            found.push(Change::one(what, source.span(at, end), ""));
        }
    }
}

/// Reverses the axes of each array of several dimensions that is not reordered already, and of each variable of a state
/// when it is read.
pub(super) fn turns_added(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    for at in live.places() {
        let open = at + 1;
        if source.tokens[at].kind != Kind::Word || source.word(open) != "(" {
            continue;
        }
        let mut end = source.tokens[open].partner;
        if source.word(at) == "value" && end == open + 1 && at > 0 && source.word(at - 1) == "." {
            let start = source.tokens[source.chain_start(end)].start;
            let whole = source.span(source.chain_start(end), end);
            let before = &source.text[start..source.tokens[at - 1].start];
            let turned = format!("{before}.array2().reversed_axes().into_dyn()");
            found.push(Change::one("an array reversed", whole, turned));
        }
        if !SHAPES.contains(&source.word(at)) {
            continue;
        }
        // What unwraps a result belongs to the call.
        loop {
            if source.word(end + 1) == "?" {
                end += 1;
            } else if source.word(end + 1) == "."
                && matches!(source.word(end + 2), "expect" | "unwrap")
                && source.word(end + 3) == "("
            {
                end = source.tokens[end + 3].partner;
            } else {
                break;
            }
        }
        let is_turned = source.word(end + 1) == "." && TURNS.contains(&source.word(end + 2));
        if !is_turned {
            let after = source.tokens[end].end;
            found.push(Change::one(
                "axes reversed",
                after..after,
                ".reversed_axes()",
            ));
        }
    }
}

/// Reverses each array that the function takes.
pub(super) fn inputs_reversed(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    let Some(body) = live.body else { return };
    let after = source.tokens[body].end;
    for name in live.arrays() {
        let line = format!("\n    let {name} = &{name}.slice(ndarray::s![..;-1]).to_owned();");
        found.push(Change::one(
            format!("`{name}` reversed"),
            after..after,
            line,
        ));
    }
}
