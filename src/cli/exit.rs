//! Exit codes: what a script can rely on. Documented in the README and tested.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; for `run`: the answer passed.
    Passed = 0,
    /// The answer was judged and does not pass yet.
    NotYet = 1,
    /// The command was called wrongly, or there is no course here.
    Usage = 2,
    /// The kata itself is broken: its spec or one of its files.
    BrokenKata = 3,
    /// A tool, the network or a file is missing.
    MissingTool = 4,
    /// This machine cannot confine other people's answers.
    NotConfined = 5,
    /// A bug in katas.
    Internal = 70,
    /// Ctrl-C; what was done until then is kept, and the reports are written.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
