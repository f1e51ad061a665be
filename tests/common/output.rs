//! The output and the exit status of a command, as one text for snapshots.

use std::fmt;
use std::os::unix::process::ExitStatusExt;

/// The output and the exit status of a command.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// Its standard output.
    pub(crate) stdout: String,
    /// Its standard error.
    pub(crate) stderr: String,
    /// Its exit code; `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    signal: Option<i32>,
}

impl Output {
    /// The output of a finished process, with each path replaced by a name.
    pub(crate) fn new(output: &std::process::Output, paths: &[(String, &str)]) -> Self {
        let text = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).expect("katas prints UTF-8");
            paths
                .iter()
                .fold(text, |text, (path, name)| text.replace(path, name))
        };
        Self {
            stdout: text(&output.stdout),
            stderr: unwrapped(&text(&output.stderr)),
            code: output.status.code(),
            signal: output.status.signal(),
        }
    }

    /// Checks the exit code, and returns the output.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// Checks that the output contains this text.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        let found = self.stdout.contains(text) || self.stderr.contains(text);
        assert!(found, "no {text:?} in:\n{self}");
        self
    }

    /// Checks that the output does not contain this text.
    #[track_caller]
    pub(crate) fn says_nothing_of(self, text: &str) -> Self {
        let found = self.stdout.contains(text) || self.stderr.contains(text);
        assert!(!found, "{text:?} in:\n{self}");
        self
    }
}

/// Joins wrapped lines, because where they break depends on the paths of this machine.
fn unwrapped(text: &str) -> String {
    let labels = ["error: ", "caused by: ", "hint: "];
    let mut lines: Vec<String> = Vec::new();
    let mut indent = None;
    for line in text.lines() {
        match (indent, lines.last_mut()) {
            (Some(indent), Some(last)) if more(line, indent) => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => {
                let label = labels.iter().find(|label| line.starts_with(**label));
                indent = label.map(|label| label.len());
                lines.push(line.to_owned());
            }
        }
    }
    let mut unwrapped = lines.join("\n");
    if text.ends_with('\n') {
        unwrapped.push('\n');
    }
    unwrapped
}

/// Whether a line continues below a label of this width.
fn more(line: &str, indent: usize) -> bool {
    let spaces = line.len() - line.trim_start().len();
    spaces == indent && spaces < line.len()
}

impl fmt::Display for Output {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.stdout)?;
        if !self.stderr.is_empty() {
            write!(out, "------- stderr -------\n{}", self.stderr)?;
        }
        match (self.code, self.signal) {
            (Some(code), _) => write!(out, "[exit status: {code}]"),
            (None, signal) => write!(out, "[signal: {}]", signal.unwrap_or_default()),
        }
    }
}
