//! The ways in which a program can fail to return an output, with their descriptions.

use std::time::Duration;

use crate::signal::Signal;

/// Why a case has no output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The answer panicked.
    Panicked {
        /// The panic's text.
        message: String,
        /// Where, if it is known.
        place: Option<Location>,
    },
    /// The answer raised an exception.
    Raised {
        /// The exception's type and text.
        message: String,
        /// Where, if it is known.
        place: Option<Location>,
    },
    /// The answer returned a value of the wrong type.
    Unusable {
        /// What it is, and what the kata expects.
        says: String,
    },
    /// The answer ended the program itself.
    Exited {
        /// With this status.
        status: i32,
    },
    /// The program aborted.
    Aborted,
    /// The program was ended by a signal.
    Crashed {
        /// Which one.
        signal: Signal,
    },
    /// The calls went too deep.
    StackOverflow,
    /// The time was up.
    OutOfTime {
        /// The limit.
        limit: Duration,
    },
    /// It asked for more memory than it may have.
    OutOfMemory {
        /// The limit in bytes.
        limit: u64,
    },
    /// It printed without end.
    TooMuchOutput {
        /// The limit in bytes.
        limit: usize,
    },
    /// What it returned is larger than the runner takes.
    TooLargeResult {
        /// The limit in bytes.
        limit: usize,
    },
    /// The records on the wire were cut short or made no sense.
    DidNotFinish,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as a learner knows it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// Whether it is in the learner's own file.
    pub own: bool,
}

impl Failure {
    /// Whether the answer is simply not written yet: the starter's own panic or exception.
    #[must_use]
    pub fn is_unwritten(&self) -> bool {
        self.message()
            .is_some_and(|message| message.starts_with("not yet implemented"))
    }

    /// What a panic or an exception says.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Panicked { message, .. } | Self::Raised { message, .. } => Some(message),
            _ => None,
        }
    }

    /// Whether the machine played a part in it, so that the same answer may fare otherwise another time.
    #[must_use]
    pub fn may_be_the_machines(&self) -> bool {
        matches!(self, Self::OutOfTime { .. } | Self::OutOfMemory { .. })
    }

    /// What happened, as a short clause without an end mark.
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
