//! Why an answer was not built.

use std::time::Duration;

use crate::signal::Signal;

/// The maximum number of errors, and the maximum number of warnings, that are kept of one compilation.
pub const MOST_MESSAGES: usize = 50;

/// Why an answer could not be built. Each is a verdict about the answer, not an error of the runner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file, or it cannot be read.
    NoAnswer {
        /// What the system said.
        says: String,
    },
    /// It is a link, a folder or something else that is not a regular file.
    NotAnOrdinaryFile,
    /// The file is too large.
    TooLarge {
        /// The maximum number of bytes an answer may have.
        most: u64,
    },
    /// The file is not UTF-8.
    NotText,
    /// The compiler found errors.
    Errors {
        /// What the answer is or does not do, as the start of a sentence in the words of its language: "It does not compile".
        broken: &'static str,
        /// In the compiler's order.
        messages: Vec<CompilerMessage>,
    },
    /// It has something that its language allows and answers may not have.
    Forbidden {
        /// Which rule it breaks.
        rule: &'static Ban,
        /// The forbidden word in backquotes, or the compiler's words for what it found.
        found: String,
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
    },
    /// The kata's function is not there.
    NoFunction {
        /// Its name.
        function: String,
        /// The signature that the kata wants.
        wanted: String,
    },
    /// The kata's function is there but private.
    PrivateFunction {
        /// Its name.
        function: String,
        /// The signature that the kata wants.
        wanted: String,
    },
    /// The kata's function has another signature.
    OtherSignature {
        /// As the answer has it, if it can be told.
        found: Option<String>,
        /// Whether it is a function that has to be awaited.
        is_async: bool,
        /// The signature that the kata wants.
        wanted: String,
    },
    /// Compiling took too long, or took too much memory or output.
    TooMuchForCompiler {
        /// Which limit.
        limit: CompilerLimit,
    },
    /// The compiler or the linker fails on this answer without naming a place in it, and on no other.
    CompilerFailed {
        /// What it said.
        says: String,
    },
}

/// A track's rule about what answers may not contain.
#[derive(Debug, PartialEq, Eq)]
pub struct Ban {
    /// The code of its messages.
    pub code: &'static str,
    /// What an answer that breaks it is, as the start of a sentence: "It is not safe Rust".
    pub broken: &'static str,
    /// What an answer has to be, as a clause: "an answer is safe Rust".
    pub says: &'static str,
    /// What that means for the learner, in sentences.
    pub help: &'static str,
}

/// A limit of compiling that an answer can exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompilerLimit {
    /// Time on the clock.
    Time(Duration),
    /// Processor time.
    Processor(Duration),
    /// Memory in bytes.
    Memory(u64),
    /// Bytes of messages.
    Messages(usize),
    /// The compiler crashed with this signal.
    Crash(Signal),
}

impl CompilerLimit {
    /// Whether the limit does not depend on the machine's load, which can slow a compiler down and take its memory.
    #[must_use]
    pub fn is_the_answers(self) -> bool {
        !matches!(self, Self::Time(_) | Self::Memory(_))
    }

    /// What the compiler did, as a clause: "took more than 10 seconds".
    #[must_use]
    pub fn clause(self) -> String {
        match self {
            Self::Time(limit) => format!("took more than {} seconds", limit.as_secs()),
            Self::Processor(limit) => {
                format!("took more than {} seconds of CPU time", limit.as_secs())
            }
            Self::Memory(limit) => format!("took more than {} MiB of memory", limit >> 20),
            Self::Messages(limit) => format!("wrote more than {} KiB of messages", limit / 1024),
            Self::Crash(signal) => format!("crashed (signal {signal})"),
        }
    }
}

/// One message of the compiler about the answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompilerMessage {
    /// Its first line, without the level.
    pub text: String,
    /// The error's code, such as `E0308`; empty when it has none.
    pub code: String,
    /// The line, from 1; 0 when it has no place.
    pub line: u32,
    /// The column, from 1; 0 when it has no place.
    pub column: u32,
    /// As the compiler shows it, with its colors.
    pub rendered: String,
}
