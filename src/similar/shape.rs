//! The shape of a text: one symbol for each token, with names, numbers and strings normalized.

use std::collections::HashSet;
use std::ops::Range;

use super::winnow::{self, NOISE, Print};
use crate::tokens::{Kind, Source};

/// The symbols of a text and their positions.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// The symbol of each token.
    pub(super) symbols: Vec<u64>,
    /// The bytes of each token.
    pub(super) places: Vec<Range<usize>>,
    /// Whether a token counts, because it is not part of a run from the starter.
    pub(super) own: Vec<bool>,
}

impl Shape {
    /// Returns the shape of a text.
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

    /// Excludes code from the starter.
    pub(super) fn without(mut self, given: &HashSet<u64>) -> Self {
        for (start, run) in winnow::hashes(&self.symbols).into_iter().enumerate() {
            if given.contains(&run) {
                self.own[start..start + NOISE].fill(false);
            }
        }
        self
    }

    /// A hash of all symbols.
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

    /// Counts the tokens that are not from the starter.
    pub(super) fn own_tokens(&self) -> usize {
        self.own.iter().filter(|own| **own).count()
    }
}

/// Whether the word at this index is defined or bound in the text itself.
fn is_made_here(source: &Source<'_>, at: usize) -> bool {
    if source.tokens[at].kind != Kind::Word {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |before| source.word(before));
    DEFINING.contains(&before) || source.word(at + 1) == ":"
}

/// The symbol of a token. A name that is not defined in the text is kept if it is a method, a path or a macro: names
/// of libraries cannot be changed, and they distinguish answers best.
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
    // FNV, because the page must not depend on the version of Rust.
    folded.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Words after which a name is defined.
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
