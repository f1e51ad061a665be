//! Rust source as tokens: words, numbers, strings, punctuation and matching brackets, with their positions in the
//! text.
//!
//! `author` mutates solutions at token level, and `similar` compares tokens. Nothing here knows what a token means: a
//! mutant that makes no sense does not compile and is dropped. Comments and spaces are not tokens, so mutants leave
//! them unchanged and comparisons ignore them.
//!
//! `track` looks for forbidden words among the tokens, so any text that rustc accepts must be split exactly as rustc
//! does: otherwise a word could hide in what looks like a string or a comment. Shebang lines are not supported here.

use std::ops::Range;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier or a keyword, `r#` included.
    Word,
    /// `'a`.
    Lifetime,
    /// `17`, `0x3f`, `1usize`.
    Whole,
    /// `0.5`, `1e-6`, `0.0_f32`.
    Float,
    /// A string in any of its forms, or a character.
    Text,
    /// `+`, `->`, `..=`.
    Sign,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// What it is.
    pub kind: Kind,
    /// The byte it begins at.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The index of the matching bracket; its own index if it is not a bracket.
    pub partner: usize,
}

/// A text with its tokens.
#[derive(Clone, Debug)]
pub(crate) struct Source<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
}

/// Punctuation of several characters, longest first.
const SIGNS: &[&str] = &[
    "..=", "...", "<<=", ">>=", "->", "=>", "::", "..", "&&", "||", "==", "!=", "<=", ">=", "+=",
    "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<<", ">>",
];

impl<'a> Source<'a> {
    /// Splits a string into tokens; `None` if its brackets do not match, which rustc does not accept either.
    #[must_use]
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let mut source = Self::scan(text);
        let mut open: Vec<usize> = Vec::new();
        for place in 0..source.tokens.len() {
            match source.tokens[place].kind {
                Kind::Open => open.push(place),
                Kind::Close => {
                    let partner = open.pop()?;
                    let pair = (source.word(partner), source.word(place));
                    if !matches!(pair, ("(", ")") | ("[", "]") | ("{", "}")) {
                        return None;
                    }
                    source.tokens[place].partner = partner;
                    source.tokens[partner].partner = place;
                }
                _ => {}
            }
        }
        open.is_empty().then_some(source)
    }

    /// Splits any text into tokens without matching brackets, to compare answers whether they compile or not.
    #[must_use]
    pub(crate) fn scan(text: &'a str) -> Self {
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let rest = &text[at..];
            if let Some(length) = blank(rest) {
                at += length;
                continue;
            }
            let (kind, length) = token(rest, first);
            tokens.push(Token {
                kind,
                start: at,
                end: at + length,
                partner: tokens.len(),
            });
            at += length;
        }
        Self { text, tokens }
    }

    /// Returns the text of a token; empty past the end.
    #[must_use]
    pub(crate) fn word(&self, place: usize) -> &'a str {
        match self.tokens.get(place) {
            Some(token) => &self.text[token.start..token.end],
            None => "",
        }
    }

    /// Returns whether these tokens are here, one after the other.
    #[must_use]
    pub(crate) fn has(&self, place: usize, words: &[&str]) -> bool {
        let mut words = words.iter().enumerate();
        words.all(|(index, word)| self.word(place + index) == *word)
    }

    /// Returns the bytes from one token to another, both included.
    #[must_use]
    pub(crate) fn span(&self, first: usize, last: usize) -> Range<usize> {
        self.tokens[first].start..self.tokens[last].end
    }

    /// Finds the first token of the method chain that ends here: `a` in `a.b(c)[d]`.
    #[must_use]
    pub(crate) fn chain_start(&self, last: usize) -> usize {
        let mut at = last;
        loop {
            let token = self.tokens[at];
            if token.kind == Kind::Close {
                at = token.partner;
                let is_called =
                    at > 0 && matches!(self.tokens[at - 1].kind, Kind::Word | Kind::Close);
                if is_called && !KEYWORDS.contains(&self.word(at - 1)) {
                    at -= 1;
                    continue;
                }
                return at;
            }
            let joined = at > 1 && matches!(self.word(at - 1), "." | "::");
            if !joined {
                return at;
            }
            at -= 2;
        }
    }
}

/// Words after which a bracket begins an expression of its own.
const KEYWORDS: &[&str] = &[
    "in", "if", "match", "return", "while", "else", "mut", "move",
];

/// The length of a comment or of space at the start.
fn blank(rest: &str) -> Option<usize> {
    let space = rest.len() - rest.trim_start_matches(is_space).len();
    if space > 0 {
        return Some(space);
    }
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    Some(at)
}

fn token(rest: &str, first: char) -> (Kind, usize) {
    if let Some(length) = quoted(rest) {
        // A literal may have a suffix: `"a"r"b"` is `"a"r` and `"b"`, and no raw string.
        return (Kind::Text, length + word_length(&rest[length..]));
    }
    match first {
        '(' | '[' | '{' => (Kind::Open, 1),
        ')' | ']' | '}' => (Kind::Close, 1),
        '\'' => (Kind::Lifetime, 1 + name_length(&rest[1..])),
        '0'..='9' => number(rest),
        first if is_word(first) => (Kind::Word, name_length(rest)),
        _ => {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            (Kind::Sign, sign.map_or(first.len_utf8(), |sign| sign.len()))
        }
    }
}

/// The length of a string or a character at the start.
fn quoted(rest: &str) -> Option<usize> {
    if let Some(inside) = rest.strip_prefix('\'') {
        // A lifetime has no closing quote after its first character.
        let first = inside.chars().next()?;
        let is_char = first == '\\' || inside[first.len_utf8()..].starts_with('\'');
        return is_char.then(|| 1 + closing(inside, '\''));
    }
    let body = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - body.len();
    if prefix > 1 {
        return None;
    }
    if prefix == 1 && rest.starts_with("b'") {
        return Some(2 + closing(&rest[2..], '\''));
    }
    if let Some(raw) = body.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
        return Some(prefix + 1 + hashes + 1 + length);
    }
    let inside = body.strip_prefix('"')?;
    Some(prefix + 1 + closing(inside, '"'))
}

/// The length up to and with the closing quote.
fn closing(inside: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in inside.char_indices() {
        if !escaped && char == quote {
            return at + 1;
        }
        escaped = char == '\\' && !escaped;
    }
    inside.len()
}

fn number(rest: &str) -> (Kind, usize) {
    if ["0x", "0b", "0o"].iter().any(|base| rest.starts_with(base)) {
        return (Kind::Whole, word_length(rest));
    }
    let digits = |at: usize| rest[at..].len() - rest[at..].trim_start_matches(is_digit).len();
    let after = |at: usize| rest[at..].chars().next();
    let mut kind = Kind::Whole;
    let mut length = digits(0);
    // `1..n` is a range, `1.max(n)` a call.
    let fraction = after(length) == Some('.')
        && !after(length + 1)
            .is_some_and(|next| next == '.' || (is_word(next) && !next.is_ascii_digit()));
    if fraction {
        kind = Kind::Float;
        length += 1;
        length += digits(length);
    }
    if let Some(power) = rest[length..].strip_prefix(['e', 'E']) {
        let power = power.strip_prefix(['-', '+']).unwrap_or(power);
        // `1use` has a suffix and no exponent, so the sign after it is a separate token.
        if power
            .trim_start_matches('_')
            .starts_with(|char: char| char.is_ascii_digit())
        {
            kind = Kind::Float;
            length = rest.len() - power.len();
            length += digits(length);
        }
    }
    if after(length) == Some('f') {
        kind = Kind::Float;
    }
    (kind, length + word_length(&rest[length..]))
}

/// The length of an identifier, raw or not.
fn name_length(rest: &str) -> usize {
    let raw = rest.strip_prefix("r#").map_or(0, word_length);
    if raw > 0 { 2 + raw } else { word_length(rest) }
}

fn word_length(rest: &str) -> usize {
    let end = rest.find(|char| !is_word(char));
    end.unwrap_or(rest.len())
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || char == '_'
}

/// Whether a character belongs to a word. rustc refuses every other one beyond ASCII outside texts and comments, but the
/// spaces.
fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_' || (!char.is_ascii() && !is_space(char))
}

/// Whether a character is a space to rustc, which counts two marks of direction among them.
fn is_space(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let source = Source::read(text).expect("brackets match");
        let found: Vec<_> = (0..source.tokens.len()).map(|at| source.word(at)).collect();
        assert_eq!(found, words);
    }

    #[test]
    fn tokens_are_distinguished() {
        check("a.b(c)?;", &["a", ".", "b", "(", "c", ")", "?", ";"]);
        check(
            "0..=n 1.max(2) 0.5_f32 1e-6 3. 0x3f 1..2",
            &[
                "0", "..=", "n", "1", ".", "max", "(", "2", ")", "0.5_f32", "1e-6", "3.", "0x3f",
                "1", "..", "2",
            ],
        );
        check(
            "'a 'x' '\\'' b'q' \"a\\\"b\" r#\"\"c\"# b\"z\"",
            &[
                "'a",
                "'x'",
                "'\\''",
                "b'q'",
                "\"a\\\"b\"",
                "r#\"\"c\"#",
                "b\"z\"",
            ],
        );
        check("a // b\n/* c /* d */ e */ f", &["a", "f"]);
        check(
            "a->b::c&&d<<=e",
            &["a", "->", "b", "::", "c", "&&", "d", "<<=", "e"],
        );
        check("größe r c", &["größe", "r", "c"]);
        check(
            "1usize+r 1e+5 1_f32 0xe+r 0..r",
            &[
                "1usize", "+", "r", "1e+5", "1_f32", "0xe", "+", "r", "0", "..", "r",
            ],
        );
    }

    /// Each is followed by an ordinary string; as a raw one it would end early, and its comment would hide what follows.
    #[test]
    fn only_a_whole_prefix_begins_a_raw_string() {
        let before = "\"a\"r 'a'r b'a'r c\"a\"r 1r 1.0r 1a\u{b7}r 'a\u{b7}r r#br 'r#br";
        for before in before.split(' ') {
            let text = format!("{before}\"\\\" /* \" found");
            check(&text, &[before, "\"\\\" /* \"", "found"]);
        }
        check("1use+r\"\\\" found", &["1use", "+", "r\"\\\"", "found"]);
        check("a\u{200e}b\u{a0}c", &["a", "b", "c"]);
    }

    #[test]
    fn brackets_must_match() {
        assert!(Source::read("(]").is_none());
        assert!(Source::read("{").is_none());
        assert!(Source::read(")").is_none());
    }

    #[test]
    fn a_chain_is_followed_to_its_start() {
        let source = Source::read("f(&state[\"k\"].value(), nnx::sum(&a).b)").unwrap();
        let at = |word: &str| (0..).find(|at| source.word(*at) == word).unwrap();
        assert_eq!(source.word(source.chain_start(at("value") + 2)), "state");
        assert_eq!(source.word(source.chain_start(at("b"))), "nnx");
    }

    #[test]
    fn any_text_is_read_without_panicking() {
        use proptest::prelude::*;
        proptest!(|(text in "[a'\"r#b0.1e\\\\/*{}()\\[\\] ∂\n-]{0,40}")| {
            let _ = Source::read(&text);
        });
    }
}
