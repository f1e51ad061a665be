//! A fault: something an author must change in a file, with its position and what to write instead.

/// Something wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
    /// The bytes of the file it refers to, within one line.
    pub span: Span,
    pub message: String,
    /// What to write instead.
    pub instead: String,
}

/// A range of bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// Finds the start of the character that a byte belongs to.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl Span {
    /// Translates a range within a text to a range of the file.
    pub(super) fn part(self, part: std::ops::Range<usize>) -> Self {
        Self {
            start: self.start + part.start,
            end: self.start + part.end,
        }
    }
}
