//! All terminal output. No other module prints.
//!
//! [`Ui`] holds the two streams, their width and whether they take color. The other files of this module turn results
//! into text; they decide how a verdict looks, never what it is.

mod author;
mod capture;
mod changes;
mod color;
mod compiler;
mod counts;
mod duration;
mod explain;
mod failure;
mod fit;
mod grading;
mod grid;
mod groups;
mod home;
mod inputs;
mod lines;
mod list;
mod list_screen;
mod markdown;
mod meaning;
mod mismatch;
mod numbers;
mod progress;
mod result;
mod sources;
mod summary;
mod table;
mod terminal;
mod text_lines;
mod watch;
mod wording;
mod words;

pub use capture::Captured;
pub use color::ColorChoice;
pub use grading::ClassProgress;
pub use home::NextKata;
pub use meaning::clause as unmet;
pub use mismatch::difference;
pub use progress::ProgressLine;
pub use summary::Summary;
pub use terminal::{Input, Terminal};
pub use watch::{Footer, Status};
pub use wording::wording;
pub use words::{NARROWED, plural};

use std::borrow::Cow;
use std::io::Write;

use colored::{ColoredString, Colorize};

use lines::Lines;

use crate::files::Fill;
use crate::printable;
use crate::spec::{Faults, Look};

/// The widest text that reads well; wider screens get margins.
const WIDEST: usize = 100;

/// Variables that identify CI services: GitHub Actions and similar services, Azure Pipelines, TeamCity. They read
/// commands from the lines that a step prints.
const READERS: &[&str] = &["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"];

/// The terminal, or a replacement for it in tests.
pub struct Ui {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    width: usize,
    /// The number of lines of the terminal, if there is one.
    height: Option<usize>,
    colored: bool,
    lively: bool,
    /// Whether a CI service reads commands from the output.
    is_parsed: bool,
    /// Whether results are shown in full, on any number of lines.
    whole: bool,
    /// The number of lines printed before a result, so that both fit on one screen.
    lines: usize,
    /// Whether printing failed for a reason other than a closed pipe.
    unwritten: bool,
    /// Whether keys do what commands would: then no commands are suggested.
    has_keys: bool,
}

impl Ui {
    /// The process's own streams.
    #[must_use]
    pub fn of_process(choice: ColorChoice) -> Self {
        use std::io::IsTerminal;
        let colored = color::decide(choice, std::io::stdout().is_terminal(), &|name| {
            std::env::var_os(name)
        });
        colored::control::set_override(colored);
        let columns = std::env::var("COLUMNS")
            .ok()
            .and_then(|text| text.parse().ok());
        let size = terminal_size::terminal_size();
        let terminal = || size.map(|(width, _)| usize::from(width.0));
        Self {
            out: Box::new(std::io::stdout()),
            err: Box::new(std::io::stderr()),
            width: columns.or_else(terminal).unwrap_or(80).clamp(20, WIDEST),
            height: size
                .filter(|_| std::io::stdout().is_terminal())
                .map(|(_, height)| usize::from(height.0)),
            colored,
            is_parsed: READERS.iter().any(|name| std::env::var_os(name).is_some()),
            whole: false,
            lines: 0,
            unwritten: false,
            has_keys: false,
            lively: std::io::stderr().is_terminal()
                && std::env::var_os("TERM").is_some_and(|term| term != "dumb"),
        }
    }

    /// The given streams, without a terminal.
    fn of_streams(out: Box<dyn Write>, err: Box<dyn Write>, width: usize) -> Self {
        Self {
            out,
            err,
            width,
            height: None,
            colored: false,
            lively: false,
            is_parsed: false,
            whole: false,
            lines: 0,
            unwritten: false,
            has_keys: false,
        }
    }

    /// The width of the screen in columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether the screen supports color.
    #[must_use]
    pub fn colored(&self) -> bool {
        self.colored
    }

    /// Shows all following results in full, on any number of lines.
    pub fn show_all(&mut self) {
        self.whole = true;
    }

    /// Prints a text and ends its line. A closed pipe is not an error.
    pub fn print(&mut self, text: &str) {
        self.lines += text.lines().count().max(1);
        let text = self.fit(text);
        if let Err(error) = writeln!(self.out, "{text}") {
            // The reader has closed the pipe.
            self.unwritten |= error.kind() != std::io::ErrorKind::BrokenPipe;
        }
    }

    /// Prints a report, written piece by piece by a function; it is not formatted for a screen.
    pub fn report(&mut self, write: &mut Fill<'_>) {
        let written = if self.is_parsed {
            let mut lines = Lines {
                out: &mut self.out,
                line: Vec::new(),
            };
            write(&mut lines).and_then(|()| lines.end())
        } else {
            write(&mut self.out)
        };
        if let Err(error) = written {
            self.unwritten |= error.kind() != std::io::ErrorKind::BrokenPipe;
        }
    }

    /// Makes untrusted text safe to print: without control codes except plain colors, and without commands for a CI
    /// service.
    fn fit<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = match self.colored {
            true => printable::styled(text),
            false => Cow::Owned(printable::lines(&words::strip(text)).into_owned()),
        };
        self.without_commands(text)
    }

    fn without_commands<'a>(&self, text: Cow<'a, str>) -> Cow<'a, str> {
        match self.is_parsed {
            true => Cow::Owned(printable::without_commands(&text).into_owned()),
            false => text,
        }
    }

    /// Prints commands for the CI service unchanged.
    pub fn commands(&mut self, bytes: &[u8]) {
        if let Err(error) = self.out.write_all(bytes) {
            self.unwritten |= error.kind() != std::io::ErrorKind::BrokenPipe;
        }
    }

    /// Whether all output could be written.
    #[must_use]
    pub fn printed_all(&mut self) -> bool {
        let flushed = self.out.flush();
        let gone = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
        !self.unwritten && flushed.map_or_else(|error| gone(&error), |()| true)
    }

    /// Prints an empty line.
    pub fn blank(&mut self) {
        self.print("");
    }

    /// Prints sentences, wrapped to the screen and indented.
    pub fn say(&mut self, indent: usize, text: &str) {
        let text = words::wrap(text, self.width, indent);
        self.print(&text);
    }

    /// Prints an error with its causes and hints on standard error.
    pub fn error(&mut self, message: &str, causes: &[String], hints: &[String]) {
        let width = self.width;
        let mut line = |label: ColoredString, text: &str| {
            let text = words::hanging(text, width, label.chars().count() + 1);
            self.tell(&format!("{label} {text}"));
        };
        line("error:".red().bold(), message);
        for cause in causes {
            line("caused by:".bold(), cause);
        }
        for hint in hints {
            line("hint:".cyan().bold(), hint);
        }
    }

    /// Shows faults on standard error, each with a picture of its line.
    pub fn faults(&mut self, faults: &Faults) {
        let look = match self.colored {
            true => Look::Styled,
            false => Look::Plain,
        };
        let wrap = |text: &str, columns| words::wrap(text, columns, 0);
        let text = faults.render(look, self.width, &wrap);
        self.tell(&format!("{}\n", text.trim_end()));
    }

    /// Prints text on standard error unchanged.
    pub fn verbatim(&mut self, text: &str) {
        self.tell(text);
    }

    /// Prints lines on standard error.
    fn tell(&mut self, text: &str) {
        let text = self.fit(text);
        let _ = writeln!(self.err, "{text}");
    }

    /// Prints a status line on standard error: what is happening now, separate from the result.
    pub fn status(&mut self, text: &str) {
        let text = words::wrap(text, self.width, 0);
        self.lines += text.lines().count().max(1);
        self.tell(&text);
    }
}

#[cfg(test)]
mod tests;
