//! Exit codes, documented in the README and tested: scripts can rely on them.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Success; for `run`: the answer passed.
    Passed = 0,
    /// The answer was judged and does not pass yet.
    NotYet = 1,
    /// Wrong usage, or there is no course here.
    Usage = 2,
    /// The kata itself is broken: its spec or one of its files.
    BrokenKata = 3,
    /// A tool, the network or a file is missing.
    MissingTool = 4,
    /// This machine cannot confine other people's answers.
    NotConfined = 5,
    /// A bug in katas.
    Internal = 70,
    /// Ctrl-C: the results so far are kept, and the reports are written.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
