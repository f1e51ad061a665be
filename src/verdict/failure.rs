//! The ways in which a program can fail to return an output, with their descriptions.

use std::time::Duration;

use crate::signal::Signal;

/// Why a case has no output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The answer panicked.
    Panicked {
        /// The panic message.
        message: String,
        /// The location, if it is known.
        place: Option<Location>,
    },
    /// The answer raised an exception.
    Raised {
        /// The exception's type and message.
        message: String,
        /// The location, if it is known.
        place: Option<Location>,
    },
    /// The answer returned a value of the wrong type.
    Unusable {
        /// Its type, and the type that the kata expects.
        says: String,
    },
    /// The answer exited the program.
    Exited {
        /// The exit status.
        status: i32,
    },
    /// The program aborted.
    Aborted,
    /// The program was ended by a signal.
    Crashed {
        /// The signal.
        signal: Signal,
    },
    /// The stack overflowed.
    StackOverflow,
    /// It ran out of time.
    OutOfTime {
        /// The limit.
        limit: Duration,
    },
    /// It tried to use more memory than it may.
    OutOfMemory {
        /// The limit in bytes.
        limit: u64,
    },
    /// It printed too much.
    TooMuchOutput {
        /// The limit in bytes.
        limit: usize,
    },
    /// The result is larger than the limit.
    TooLargeResult {
        /// The limit in bytes.
        limit: usize,
    },
    /// The records on the wire were truncated or invalid.
    DidNotFinish,
}

/// A location in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as shown to a learner.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// Whether it is in the learner's own file.
    pub own: bool,
}

impl Failure {
    /// Whether the answer is simply not written yet: the panic or exception comes from the starter.
    #[must_use]
    pub fn is_unwritten(&self) -> bool {
        self.message()
            .is_some_and(|message| message.starts_with("not yet implemented"))
    }

    /// The message of a panic or an exception.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Panicked { message, .. } | Self::Raised { message, .. } => Some(message),
            _ => None,
        }
    }

    /// Whether the machine may have contributed, so that the same answer may have another result next time.
    #[must_use]
    pub fn may_be_the_machines(&self) -> bool {
        matches!(self, Self::OutOfTime { .. } | Self::OutOfMemory { .. })
    }

    /// A short clause that describes it, without a period.
    #[must_use]
    pub fn clause(&self) -> String {
        match self {
            _ if self.is_unwritten() => "is not written yet".to_owned(),
            Self::Panicked { .. } => "panicked".to_owned(),
            Self::Raised { .. } => "raised an exception".to_owned(),
            Self::Unusable { .. } => "returned the wrong kind of value".to_owned(),
            Self::Exited { status } => format!("called exit({status}) before it finished"),
            Self::Aborted => "aborted".to_owned(),
            Self::Crashed { signal } => format!("crashed: {}", signal_in_words(*signal)),
            Self::StackOverflow => "overflowed the stack".to_owned(),
            Self::OutOfTime { limit } if limit.as_secs() == 1 => {
                "ran longer than 1 second".to_owned()
            }
            Self::OutOfTime { limit } => format!("ran longer than {} seconds", limit.as_secs()),
            Self::OutOfMemory { limit } => {
                format!(
                    "asked for more than {} MiB of memory",
                    limit / (1024 * 1024)
                )
            }
            Self::TooMuchOutput { limit } => format!("printed more than {} KiB", limit / 1024),
            Self::TooLargeResult { limit } => {
                format!("returned more than {} MiB", limit / (1024 * 1024))
            }
            Self::DidNotFinish => "did not finish".to_owned(),
        }
    }
}

fn signal_in_words(signal: Signal) -> String {
    let name = match signal {
        Signal::ILL => "an illegal instruction (SIGILL)",
        Signal::ABORT => "an abort (SIGABRT)",
        Signal::BUS => "a bad memory access (SIGBUS)",
        Signal::FPE => "an arithmetic fault (SIGFPE)",
        Signal::SEGV => "a bad memory access (SIGSEGV)",
        Signal::XFSZ => "it wrote to a file, which answers may not do (SIGXFSZ)",
        Signal::SYS => "a forbidden system call (SIGSYS)",
        _ => return format!("signal {signal}"),
    };
    name.to_owned()
}
