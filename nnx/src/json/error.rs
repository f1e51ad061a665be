//! The error for a string that is not JSON: the line, the column, what was expected and what was found.

use std::fmt;

use super::reader::Fault;

/// Text that is not JSON.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is expected there.
    pub expected: &'static str,
    /// The next characters; none at the end of the text.
    pub found: String,
}

impl Error {
    pub(super) fn new(text: &str, fault: Fault) -> Self {
        let before = &text[..fault.at];
        let line = before.rsplit('\n').next().unwrap_or(before);
        Self {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            expected: fault.expected,
            found: fault.found,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            expected,
            found,
        } = self;
        write!(f, "json: line {line}, column {column}: expected {expected}")?;
        match found.as_str() {
            "" => write!(f, ", found the end of the text"),
            found => write!(f, ", found {found:?}"),
        }
    }
}

impl fmt::Debug for Error {
    /// The same text as `Display`, so that `unwrap()` shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}
