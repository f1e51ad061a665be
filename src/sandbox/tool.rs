//! Our own tools, such as cargo: no sandbox and no limits, but they and everything they start end with the runner.

use std::io;
use std::os::fd::OwnedFd;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Output, Stdio};

use super::{enter, retry};

/// A running tool, in its own session and process group.
///
/// Its whole group is killed when the runner ends for any reason.
#[derive(Debug)]
pub struct Tool {
    child: Child,
    /// The kernel kills the group when this closes.
    _runner: OwnedFd,
}

impl Tool {
    /// Starts a tool without input, with two pipes for its output.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let (runner, runner_end) = retry::on_shortage(io::pipe)?;
        enter::end_with_runner(command, runner.into());
        Ok(Self {
            child: retry::on_shortage(|| command.spawn())?,
            _runner: runner_end.into(),
        })
    }

    /// Runs a tool to its end.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn output(command: &mut Command) -> io::Result<Output> {
        let tool = Self::start(command)?;
        tool.child.wait_with_output()
    }

    /// The pipes of standard output and standard error, once.
    pub fn pipes(&mut self) -> (Option<ChildStdout>, Option<ChildStderr>) {
        (self.child.stdout.take(), self.child.stderr.take())
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When the system cannot tell its status.
    pub fn wait(mut self) -> io::Result<ExitStatus> {
        self.child.wait()
    }
}
