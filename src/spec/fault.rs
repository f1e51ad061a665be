//! A fault: something an author must change in a file, with its place and what to write instead.

/// Holds one thing wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
    /// The bytes of the file it is about; they end on the line they start on.
    pub span: Span,
    pub message: String,
    /// What to write instead.
    pub instead: String,
}

/// Marks bytes of a file, the end not included.
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
    /// Moves a part of a text's own range to where the text stands.
    pub(super) fn part(self, part: std::ops::Range<usize>) -> Self {
        Self {
            start: self.start + part.start,
            end: self.start + part.end,
        }
    }
}
