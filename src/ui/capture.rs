//! A screen in memory: what a command prints becomes the lines of a page.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

use super::{Ui, WIDEST, words};

/// What was printed so far.
#[derive(Clone, Default)]
pub struct Captured(Rc<RefCell<Vec<u8>>>);

impl Captured {
    /// The lines that were printed, without empty lines at the end.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.0.borrow()).into_owned();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
        lines
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Ui {
    /// A screen of this size in memory, in the same colors. It suggests no commands, because keys do the same.
    #[must_use]
    pub fn capture(&self, columns: usize, rows: usize) -> (Self, Captured) {
        let captured = Captured::default();
        let (out, err) = (Box::new(captured.clone()), Box::new(captured.clone()));
        let ui = Self {
            height: Some(rows),
            colored: self.colored,
            has_keys: true,
            ..Self::of_streams(out, err, columns.clamp(20, WIDEST))
        };
        (ui, captured)
    }

    /// Suggests no commands from now on, because keys do the same.
    pub fn offer_keys(&mut self) {
        self.has_keys = true;
    }
}

/// Breaks lines that are wider than the screen, between any two characters, and keeps their colors.
#[must_use]
pub(super) fn rows(lines: &[String], columns: usize) -> Vec<String> {
    // The width of a tab depends on the terminal.
    let lines = lines.iter().map(|line| line.replace('\t', "    "));
    lines.flat_map(|line| broken(&line, columns)).collect()
}

fn broken(line: &str, columns: usize) -> Vec<String> {
    if words::width(line) <= columns {
        return vec![line.to_owned()];
    }
    let (mut rows, mut row, mut used) = (Vec::new(), String::new(), 0);
    // The color codes since the last reset.
    let mut colors = String::new();
    let mut rest = line;
    while let Some(char) = rest.chars().next() {
        if let Some(length) = crate::printable::style(rest) {
            let code = &rest[..length];
            match code {
                "\x1b[0m" | "\x1b[m" => colors.clear(),
                code => colors.push_str(code),
            }
            row.push_str(code);
            rest = &rest[length..];
            continue;
        }
        let wide = words::width(char.encode_utf8(&mut [0; 4]));
        if used + wide > columns && used > 0 {
            if !colors.is_empty() {
                row.push_str("\x1b[0m");
            }
            rows.push(std::mem::replace(&mut row, colors.clone()));
            used = 0;
        }
        row.push(char);
        used += wide;
        rest = &rest[char.len_utf8()..];
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        assert_eq!(rows(&[line.to_owned()], 3), expected);
    }

    #[test]
    fn wide_lines_are_broken_and_keep_their_colors() {
        check("", &[""]);
        check("abc", &["abc"]);
        check("abcdefg", &["abc", "def", "g"]);
        check("ab漢c", &["ab", "漢c"]);
        check(
            "a\x1b[31mbcde\x1b[0mfgh",
            &["a\x1b[31mbc\x1b[0m", "\x1b[31mde\x1b[0mf", "gh"],
        );
    }
}
