//! Finds unsafe Rust in the text of an answer, before it is compiled.
//!
//! The compiler's own lint ([`LINT`]) is used too, but an answer could lower its level, and it misses some unsafe
//! attributes, such as `#[unsafe(naked)]`. No macro can assemble these words, so an answer without them is compiled
//! as safe code. The sandbox protects the machine and does not rely on this check.

use crate::tokens::{Kind, Source};
use crate::verdict::{Ban, Refusal};

/// Whether an answer may contain unsafe code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsafeCode {
    /// Refuse it: answers are safe Rust.
    Refused,
    /// Compile and run it. Only tests use this, to attack the sandbox; no command can.
    Allowed,
}

/// The lint that answers are compiled with. Not `-F`: `ndarray::s!` allows it for one of its own blocks.
pub(super) const LINT: &str = "-Dunsafe_code";

/// The lint's name, which is also the code of its errors.
pub(super) const CODE: &str = "unsafe_code";

/// The rule and its messages.
pub(super) static BAN: Ban = Ban {
    code: CODE,
    broken: "It is not safe Rust",
    says: "an answer is safe Rust",
    help: "An answer must be safe Rust: no `unsafe`, and no mention of the lint `unsafe_code`. No kata needs either.",
};

/// The keyword that all unsafe code needs in this edition, and the lint that an answer may not lower.
const WORDS: &[&str] = &["unsafe", CODE];

/// The first forbidden word of an answer, as its refusal.
pub(super) fn refusal(source: &str) -> Option<Refusal> {
    // rustc skips a byte order mark, and counts columns without it.
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let (at, word) = if begins_oddly(source) {
        in_text(source)
    } else {
        in_code(source)
    }?;
    let before = &source[..at];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(Refusal::Forbidden {
        rule: &BAN,
        found: format!("`{word}`"),
        line: count(before.matches('\n').count() + 1),
        column: count(before[line_start..].chars().count() + 1),
    })
}

/// Whether rustc may skip the first lines as a shebang or a manifest, and so begin in the middle of what looks like a
/// string here.
fn begins_oddly(source: &str) -> bool {
    let source = source.trim_start_matches(|char: char| char.is_whitespace() || !char.is_ascii());
    source.starts_with("---") || (source.starts_with("#!") && !source.starts_with("#!["))
}

/// The first forbidden word among the tokens.
fn in_code(source: &str) -> Option<(usize, &'static str)> {
    let tokens = Source::scan(source).tokens;
    let mut words = tokens.iter().filter(|token| token.kind == Kind::Word);
    words.find_map(|token| {
        let word = &source[token.start..token.end];
        let word = word.strip_prefix("r#").unwrap_or(word);
        forbidden(word).map(|word| (token.start, word))
    })
}

/// The first forbidden word anywhere, in comments and strings too.
fn in_text(source: &str) -> Option<(usize, &'static str)> {
    let mut words = source.split(|char: char| !(char.is_alphanumeric() || char == '_'));
    words.find_map(|word| {
        let at = word.as_ptr().addr() - source.as_ptr().addr();
        forbidden(word).map(|word| (at, word))
    })
}

fn forbidden(word: &str) -> Option<&'static str> {
    WORDS.iter().copied().find(|forbidden| *forbidden == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place and the word that are found; none where there is nothing to refuse.
    #[track_caller]
    fn check(source: &str, expected: Option<(u32, u32, &str)>) {
        let found = refusal(source).map(|refusal| match refusal {
            Refusal::Forbidden {
                found,
                line,
                column,
                ..
            } => (line, column, found),
            other => panic!("{other:?}"),
        });
        let expected = expected.map(|(line, column, word)| (line, column, format!("`{word}`")));
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn the_words_are_found_where_they_mean_something() {
        check("fn f() {\n    unsafe { g() }\n}", Some((2, 5, "unsafe")));
        check("/* ä */ unsafe fn f() {}", Some((1, 9, "unsafe")));
        check("\u{feff}unsafe fn f() {}", Some((1, 1, "unsafe")));
        check("#![allow(unsafe_code)]", Some((1, 10, "unsafe_code")));
        check(
            "#[cfg_attr(all(), allow(r#unsafe_code))]",
            Some((1, 25, "unsafe_code")),
        );
        check("m! { unsafe_code }", Some((1, 6, "unsafe_code")));
        check(
            "// unsafe_code\n/* unsafe */ fn f() { g(\"unsafe\", r\"unsafe_code\") }",
            None,
        );
        check(
            "#![doc = \"unsafe\"]\nfn unsafely() { not_unsafe_code() }",
            None,
        );
    }

    #[test]
    fn after_an_odd_beginning_the_words_are_found_anywhere() {
        check(
            "#!\"\n#![allow(unsafe_code)]\n//\"",
            Some((2, 10, "unsafe_code")),
        );
        check("\u{feff}#!/*\nunsafe fn f() {}//*/", Some((2, 1, "unsafe")));
        check("#!/**/[allow(unsafe_code)]", Some((1, 14, "unsafe_code")));
        check(
            "\n\u{200e}---\n\"\n---\nunsafe fn f() {}//\"",
            Some((5, 1, "unsafe")),
        );
        check("#!/usr/bin/env rust\nfn f() {}", None);
    }
}
