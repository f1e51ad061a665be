//! A job and its limits, its outcome, and errors.

use std::borrow::Cow;
use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{CancelToken, Confinement};
use crate::signal::Signal;

/// A program to run, with its environment and limits.
#[derive(Clone, Debug)]
pub struct Job {
    /// The program's file.
    pub program: PathBuf,
    /// Its arguments, without its own name.
    pub arguments: Vec<OsString>,
    /// Its whole environment.
    pub environment: Vec<(OsString, OsString)>,
    /// The folder it starts in.
    pub folder: PathBuf,
    /// Its standard input.
    pub input: Vec<u8>,
    /// Its limits.
    pub limits: Limits,
    /// Its confinement.
    pub confinement: Confinement,
    /// Ends it early, if there is a token.
    pub cancel: Option<CancelToken>,
}

/// The limits of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Wall time.
    pub wall: Duration,
    /// CPU time, rounded up to whole seconds.
    pub processor: Duration,
    /// Private memory in bytes.
    pub memory: u64,
    /// Address space in bytes: memory and mapped files.
    pub address: u64,
    /// Bytes printed on standard output and standard error together.
    pub printed: usize,
    /// Bytes sent on descriptor 3.
    pub results: usize,
    /// Bytes in any one file it writes.
    pub file: u64,
}

/// The result of running a program.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub end: End,
    /// What it printed: standard output and standard error, interleaved.
    pub printed: Vec<u8>,
    /// What it sent on descriptor 3.
    pub results: Vec<u8>,
    /// How long it ran, not counting time while the runner itself was stopped.
    pub wall: Duration,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It exited with this status.
    Exited(i32),
    /// It was ended by this signal.
    Signalled(Signal),
    /// Stopped: it ran past [`Limits::wall`].
    OutOfTime,
    /// Stopped: it printed more than [`Limits::printed`].
    PrintedTooMuch,
    /// Stopped: it sent more than [`Limits::results`].
    SentTooMuch,
}

/// The runner failed, through no fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The program could not be started.
    #[error("cannot start `{}`", name(program))]
    Start {
        /// The program's file.
        program: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// Its sandbox could not be set up.
    #[error("cannot confine `{}`", name(program))]
    Confine {
        /// The program's file.
        program: PathBuf,
        /// What went wrong.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The program was killed from outside: the system does this when memory runs out.
    #[error(
        "`{}` was killed from outside: the machine may have run out of memory",
        name(program)
    )]
    Killed {
        /// The program's file.
        program: PathBuf,
        /// Whether it had sent anything on descriptor 3 by then.
        has_sent: bool,
    },
    /// The runner cancelled it, so there is no outcome.
    #[error("`{}` was cancelled", name(program))]
    Cancelled {
        /// The program's file.
        program: PathBuf,
    },
    /// A pipe, a file in memory or a wait failed.
    #[error("cannot supervise `{}`", name(program))]
    Supervise {
        /// The program's file.
        program: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
}

/// The program's name without its path, because students read these errors in reports.
fn name(program: &Path) -> Cow<'_, str> {
    program.file_name().unwrap_or_default().to_string_lossy()
}
