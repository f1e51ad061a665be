//! Changes of numbers, operators, names in quotes and short calls.

use super::{Change, Live};
use crate::tokens::{Kind, Source};

/// Each operator with the one that replaces it.
const OPERATORS: &[(&str, &str)] = &[
    ("+", "-"),
    ("-", "+"),
    ("*", "/"),
    ("/", "*"),
    ("%", "/"),
    ("+=", "-="),
    ("-=", "+="),
    ("*=", "/="),
    ("/=", "*="),
    ("==", "!="),
    ("!=", "=="),
    ("<", "<="),
    ("<=", "<"),
    (">", ">="),
    (">=", ">"),
    ("&&", "||"),
    ("||", "&&"),
    ("<<", ">>"),
    (">>", "<<"),
    ("..", "..="),
    ("..=", ".."),
];

/// Each method with the one that replaces it.
const METHODS: &[(&str, &str)] = &[
    ("max", "min"),
    ("min", "max"),
    ("cos", "sin"),
    ("sin", "cos"),
    ("sqrt", "abs"),
    ("floor", "ceil"),
    ("ceil", "floor"),
    ("from_le_bytes", "from_be_bytes"),
    ("from_be_bytes", "from_le_bytes"),
    ("to_le_bytes", "to_be_bytes"),
    ("to_be_bytes", "to_le_bytes"),
    ("rows", "columns"),
    ("columns", "rows"),
    ("sum", "product"),
    ("nrows", "ncols"),
    ("ncols", "nrows"),
];

/// Calls without arguments that only satisfy types: without them it is the same computation.
const FORMAL: &[&str] = &[
    "array1",
    "array2",
    "as_ref",
    "as_slice",
    "borrow",
    "clone",
    "cloned",
    "copied",
    "into",
    "into_dyn",
    "into_iter",
    "into_owned",
    "iter",
    "t",
    "reversed_axes",
    "to_owned",
    "to_vec",
    "unwrap",
    "view",
];

/// Replaces an operator or a method by another.
pub(super) fn operators(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    for at in live.places() {
        let word = source.word(at);
        let is_method = matches!(source.word(at.wrapping_sub(1)), "." | "::");
        let table = if is_method { METHODS } else { OPERATORS };
        let Some((_, other)) = table.iter().find(|(one, _)| *one == word) else {
            continue;
        };
        // A sign before a value is not a binary operator, and `<` after a name may open a list of types.
        let between = matches!(
            source.tokens[at.saturating_sub(1)].kind,
            Kind::Word | Kind::Whole | Kind::Float | Kind::Close
        );
        let is_type = source
            .word(at.wrapping_sub(1))
            .starts_with(char::is_uppercase);
        if is_method || word.starts_with("..") || between && !is_type {
            found.push(Change::one(
                format!("`{other}` for `{word}`"),
                source.span(at, at),
                *other,
            ));
        } else if word == "-" {
            found.push(Change::one(
                "a minus sign left out",
                source.span(at, at),
                "",
            ));
        }
    }
}

/// Changes each number literal.
pub(super) fn numbers(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    for at in live.places() {
        let token = source.tokens[at];
        let word = source.word(at);
        let digits = |word: &str| {
            word.chars()
                .take_while(|c| c.is_ascii_digit() || "._e-".contains(*c))
                .collect::<String>()
        };
        let written = digits(word);
        let number = written.trim_end_matches('_').replace('_', "");
        let suffix = &word[written.trim_end_matches('_').len()..];
        let mut change = |new: String| {
            let what = format!("`{new}` for `{word}`");
            found.push(Change::one(what, source.span(at, at), new));
        };
        match token.kind {
            // A field of a tuple is not a number.
            Kind::Whole if source.word(at.wrapping_sub(1)) != "." => {
                if let Ok(number) = number.parse::<u64>() {
                    change(format!("{}{suffix}", number + 1));
                    if number > 0 {
                        change(format!("{}{suffix}", number - 1));
                    }
                }
            }
            Kind::Float => {
                if let Ok(number) = number.parse::<f64>() {
                    let new = if number == 0.0 { 1.0 } else { 2.0 * number };
                    change(format!("{new:?}{suffix}"));
                }
            }
            Kind::Word if word == "true" => change("false".to_owned()),
            Kind::Word if word == "false" => change("true".to_owned()),
            _ => {}
        }
    }
}

/// Adds one to a range, an index, or a number parameter.
pub(super) fn off_by_one(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    for at in live.places() {
        let word = source.word(at);
        let next = source.word(at + 1);
        let before = source.word(at.wrapping_sub(1));
        let is_index = word == "["
            && (source.tokens[at.saturating_sub(1)].kind == Kind::Close
                || before.chars().all(|c| c.is_lowercase() || c == '_'));
        if is_index && before != "!" && source.tokens[at].partner > at + 1 {
            let (first, last) = (at + 1, source.tokens[at].partner - 1);
            if source.tokens[first].kind != Kind::Text {
                let place = source.span(first, last);
                let new = format!("{} + 1", &source.text[place.clone()]);
                found.push(Change::one("an index increased by one", place, new));
            }
        }
        let is_use = live.is_whole(word)
            && source.tokens[at].kind == Kind::Word
            && before != "."
            && before != "let"
            && next != ":";
        if is_use {
            let what = format!("`{word} + 1` for `{word}`");
            found.push(Change::one(
                what,
                source.span(at, at),
                format!("({word} + 1)"),
            ));
        }
    }
}

/// Replaces a quoted name by another one in the solution.
pub(super) fn texts(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    let is_name = |at: &usize| {
        let word = source.word(*at);
        source.tokens[*at].kind == Kind::Text && word.starts_with('"')
    };
    let all: Vec<usize> = live.places().filter(is_name).collect();
    let mut names: Vec<&str> = all.iter().map(|at| source.word(*at)).collect();
    names.sort_unstable();
    names.dedup();
    for at in all {
        let word = source.word(at);
        for other in names.iter().filter(|other| **other != word) {
            found.push(Change::one(
                format!("{other} for {word}"),
                source.span(at, at),
                *other,
            ));
        }
    }
}

/// Leaves out each short call that computes something: `.abs()`, `.rev()`.
pub(super) fn calls_left_out(source: &Source<'_>, live: &Live<'_>, found: &mut Vec<Change>) {
    for at in live.places() {
        let name = source.word(at + 1);
        if source.word(at) == "." && source.has(at + 2, &["(", ")"]) && !FORMAL.contains(&name) {
            found.push(Change::one(
                format!("`.{name}()` left out"),
                source.span(at, at + 3),
                "",
            ));
        }
    }
}
