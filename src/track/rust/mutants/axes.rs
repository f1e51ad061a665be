//! Changes of layout: a transpose left out or added, an input taken from back to front.

use super::{Change, Live};
use crate::tokens::{Kind, Source};

/// Calls that turn an array around.
const TURNS: &[&str] = &["t", "reversed_axes", "permuted_axes"];

/// Calls that give an array of two or more dimensions.
const SHAPES: &[&str] = &[
    "to_shape",
    "into_shape_with_order",
    "into_shape_clone",
    "from_shape_vec",
    "array2",
    "broadcast",
];

/// Leaves each turn out.
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

/// Turns what has dimensions and is not turned, and each variable of a state on its way.
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
        // What makes a value of a result belongs to the call.
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

/// Takes each array the function is given from back to front.
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
