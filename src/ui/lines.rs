//! Splits a report into lines, for a service that reads commands from lines.

use std::io::{Result, Write};

use crate::printable;

/// Passes on complete lines, without commands.
pub(super) struct Lines<'a> {
    pub(super) out: &'a mut dyn Write,
    /// The incomplete last line.
    pub(super) line: Vec<u8>,
}

impl Lines<'_> {
    /// Passes on the last line even if it has no line end.
    pub(super) fn end(mut self) -> Result<()> {
        self.pass(self.line.len())
    }

    fn pass(&mut self, length: usize) -> Result<()> {
        let rest = self.line.split_off(length);
        let lines = std::mem::replace(&mut self.line, rest);
        let text = String::from_utf8_lossy(&lines);
        let text = printable::without_commands(&text);
        self.out.write_all(text.as_bytes())
    }
}

impl Write for Lines<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
            self.pass(self.line.len() - bytes.len() + end + 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_none_however_it_is_written() {
        let text = "a\n::error::b\n##[group]\nc ::d::\n::end::";
        let expected = printable::without_commands(text);
        assert!(!expected.contains("\n::"), "{expected}");
        for size in 1..text.len() {
            let mut bytes = Vec::new();
            let mut lines = Lines {
                out: &mut bytes,
                line: Vec::new(),
            };
            for part in text.as_bytes().chunks(size) {
                lines.write_all(part).unwrap();
            }
            lines.end().unwrap();
            assert_eq!(String::from_utf8(bytes).unwrap(), expected);
        }
    }
}
