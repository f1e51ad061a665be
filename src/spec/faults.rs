//! The faults of one file: collected while it is read, and rendered.
//!
//! Everything that reads a file adds to one `Sink` and continues, so that an author sees all faults at once.

use std::fmt;

use super::fault::{Fault, Span, boundary};
use super::picture::{self, Look, UNBROKEN, Wrap};

/// All faults of one file, by position; there is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    faults: Vec<Fault>,
    text: String,
}

impl Faults {
    /// Iterates over the faults by position in the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Fault> {
        self.faults.iter()
    }

    /// Draws every fault: the message, the line it is about, and what to write instead.
    ///
    /// `wrap` breaks sentences, so that the picture is at most `columns` wide; only the line of the file is
    /// truncated.
    #[must_use]
    pub fn render(&self, look: Look, columns: usize, wrap: Wrap<'_>) -> String {
        picture::render(&self.faults, &self.text, look, columns, wrap)
    }
}

impl fmt::Display for Faults {
    /// Draws the faults without colors.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(Look::Plain, UNBROKEN, &|text, _| text.to_owned()))
    }
}

impl std::error::Error for Faults {}

/// Collects the faults of one file while it is read.
pub(super) struct Sink<'a> {
    file: &'a str,
    text: &'a str,
    /// Where each line starts.
    lines: Vec<usize>,
    faults: Vec<Fault>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let after_breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        Self {
            file,
            text,
            lines: std::iter::once(0).chain(after_breaks).collect(),
            faults: Vec::new(),
        }
    }

    /// Adds a fault for a span of the file; a span over several lines is truncated to the first.
    pub(super) fn add(
        &mut self,
        span: Span,
        message: impl Into<String>,
        instead: impl Into<String>,
    ) {
        let start = boundary(self.text, span.start);
        let end = boundary(self.text, span.end).max(start);
        let marked = self.text[start..end]
            .lines()
            .next()
            .unwrap_or("")
            .trim_end();
        let line = self.line(start);
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line,
            column: self.text[self.lines[line - 1]..start].chars().count() + 1,
            span: Span {
                start,
                end: start + marked.len(),
            },
            message: message.into(),
            instead: instead.into(),
        });
    }

    /// Returns the line of a place in the file, from one.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    /// Returns the text of a span of the file.
    pub(super) fn written(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Counts the faults so far.
    pub(super) fn len(&self) -> usize {
        self.faults.len()
    }

    /// Returns the value that was read if there were no faults.
    pub(super) fn finish<T>(mut self, read: Option<T>) -> Result<T, Faults> {
        if let (Some(read), true) = (read, self.faults.is_empty()) {
            return Ok(read);
        }
        if self.faults.is_empty() {
            self.add(
                Span { start: 0, end: 0 },
                "the file cannot be read",
                "report this as a bug in katas",
            );
        }
        self.faults.sort_by_key(|fault| fault.span);
        Err(Faults {
            faults: self.faults,
            text: self.text.to_owned(),
        })
    }
}
