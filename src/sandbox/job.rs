//! What is to be run and within which limits, how it ended, and why it could not be run.

use std::borrow::Cow;
use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Confinement;
use crate::signal::Signal;

/// A program to run, with everything it is given.
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
    /// What it reads on standard input.
    pub input: Vec<u8>,
    /// What it may use.
    pub limits: Limits,
    /// What it may reach.
    pub confinement: Confinement,
}

/// What a program may use before it is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time on the clock.
    pub wall: Duration,
    /// Processor time, rounded up to whole seconds.
    pub processor: Duration,
    /// Memory of its own in bytes.
    pub memory: u64,
    /// Address space in bytes: memory, and files that are mapped.
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
    /// What it printed, standard output and standard error in the order they came.
    pub printed: Vec<u8>,
    /// What it sent on descriptor 3.
    pub results: Vec<u8>,
    /// How long it ran, without the time in which the runner itself was stopped.
    pub wall: Duration,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this status.
    Exited(i32),
    /// By this signal.
    Signalled(Signal),
    /// Stopped: it ran past [`Limits::wall`].
    OutOfTime,
    /// Stopped: it printed more than [`Limits::printed`].
    PrintedTooMuch,
    /// Stopped: it sent more than [`Limits::results`].
    SentTooMuch,
}

/// The runner could not do its own part; the program is not to blame.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The program could not be started.
    #[error("cannot start `{}`", name(program))]
    Start {
        /// The program's file.
        program: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The rules of its jail could not be made.
    #[error("cannot confine `{}`", name(program))]
    Confine {
        /// The program's file.
        program: PathBuf,
        /// What went wrong.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Somebody else killed the program: the system does when memory runs out.
    #[error(
        "`{}` was killed from outside: the machine may have run out of memory",
        name(program)
    )]
    Killed {
        /// The program's file.
        program: PathBuf,
        /// Whether it had sent anything on descriptor 3 until then.
        has_sent: bool,
    },
    /// A pipe, a file in memory or a wait failed.
    #[error("cannot supervise `{}`", name(program))]
    Supervise {
        /// The program's file.
        program: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The program's name: students read these errors in reports, and where the cache is does not concern them.
fn name(program: &Path) -> Cow<'_, str> {
    program.file_name().unwrap_or_default().to_string_lossy()
}
