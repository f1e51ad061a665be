//! A text as the comparison sees it: one symbol for each token, with names, numbers and texts folded together.

use std::collections::HashSet;
use std::ops::Range;

use super::winnow::{self, NOISE, Print};
use crate::tokens::{Kind, Source};

/// Holds the symbols of a text and where each stands.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// What each token is, as a number.
    pub(super) symbols: Vec<u64>,
    /// The bytes of each token.
    pub(super) places: Vec<Range<usize>>,
    /// Whether a token counts: it is not part of a run that the starter has too.
    pub(super) own: Vec<bool>,
}

impl Shape {
    /// Gives the shape of a text.
    pub(super) fn of(text: &str) -> Self {
        let source = Source::scan(text);
        let mut made: HashSet<&str> = HashSet::new();
        for at in 0..source.tokens.len() {
            if is_made_here(&source, at) {
                made.insert(source.word(at));
            }
        }
        let symbols = (0..source.tokens.len()).map(|at| symbol(&source, at, &made));
        Self {
            symbols: symbols.collect(),
            places: source.tokens.iter().map(|one| one.start..one.end).collect(),
            own: vec![true; source.tokens.len()],
        }
    }

    /// Leaves out what the starter gives.
    pub(super) fn without(mut self, given: &HashSet<u64>) -> Self {
        for (start, run) in winnow::hashes(&self.symbols).into_iter().enumerate() {
            if given.contains(&run) {
                self.own[start..start + NOISE].fill(false);
            }
        }
        self
    }

    /// One number for all symbols; equal shapes have equal ones.
    pub(super) fn digest(&self) -> u64 {
        winnow::hash(&self.symbols)
    }

    /// The hashes of all its runs.
    pub(super) fn runs(&self) -> HashSet<u64> {
        winnow::hashes(&self.symbols).into_iter().collect()
    }

    /// Its fingerprints in the order of the text, without those of the starter.
    pub(super) fn fingerprints(&self) -> Vec<Print> {
        let counts = |print: &Print| self.own[print.at..print.at + NOISE].iter().any(|own| *own);
        winnow::winnow(&winnow::hashes(&self.symbols))
            .into_iter()
            .filter(counts)
            .collect()
    }

    /// Counts the tokens that are not the starter's.
    pub(super) fn own_tokens(&self) -> usize {
        self.own.iter().filter(|own| **own).count()
    }
}

/// Whether the word at this place gets its meaning in the text itself: it is defined or bound here.
fn is_made_here(source: &Source<'_>, at: usize) -> bool {
    if source.tokens[at].kind != Kind::Word {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |before| source.word(before));
    DEFINING.contains(&before) || source.word(at + 1) == ":"
}

/// One number for what a token is. A name that is not the text's own keeps its meaning where it is a method, a path or a
/// macro: a library's names cannot be changed, and they are most of what tells two answers apart.
fn symbol(source: &Source<'_>, at: usize, made: &HashSet<&str>) -> u64 {
    let word = source.word(at);
    let folded = match source.tokens[at].kind {
        Kind::Word if KEYWORDS.contains(&word) => word,
        Kind::Word => {
            let before = at.checked_sub(1).map_or("", |before| source.word(before));
            let joined = matches!(before, "." | "::") || matches!(source.word(at + 1), "::" | "!");
            if joined && !made.contains(word) {
                word
            } else {
                "a name"
            }
        }
        Kind::Lifetime => "a lifetime",
        Kind::Whole | Kind::Float => "a number",
        Kind::Text => "a text",
        Kind::Sign | Kind::Open | Kind::Close => word,
    };
    // FNV: the page must be the same whatever Rust built this.
    folded.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Words after which a name is given.
const DEFINING: &[&str] = &[
    "fn", "let", "mut", "struct", "enum", "trait", "type", "mod", "const", "static", "as", "for",
    "ref",
];

/// Words that mean the same in every text.
const KEYWORDS: &[&str] = &[
    "as", "bool", "break", "const", "continue", "else", "enum", "f32", "f64", "false", "fn", "for",
    "i32", "i64", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "self", "static", "struct", "trait", "true", "type", "u32", "u64", "u8", "unsafe",
    "use", "usize", "where", "while",
];
