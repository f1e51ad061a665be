//! Why an answer was not built.

use std::time::Duration;

use crate::signal::Signal;

/// The maximum number of errors, and of warnings, that are kept of a compilation.
pub const MOST_MESSAGES: usize = 50;

/// Why an answer could not be built. This is always a verdict about the answer, not an error of the runner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file, or it cannot be read.
    NoAnswer {
        /// The system's message.
        says: String,
    },
    /// It is a link, a folder or something else that is not a regular file.
    NotAnOrdinaryFile,
    /// The file is too large.
    TooLarge {
        /// The maximum size in bytes.
        most: u64,
    },
    /// The file is not UTF-8.
    NotText,
    /// The compiler found errors.
    Errors {
        /// The start of a sentence, in the terms of its language: "It does not compile".
        broken: &'static str,
        /// The messages, in the compiler's order.
        messages: Vec<CompilerMessage>,
    },
    /// It contains something that its language allows and answers may not use.
    Forbidden {
        /// The rule that it breaks.
        rule: &'static Ban,
        /// The forbidden word in backquotes, or the compiler's description of it.
        found: String,
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
    },
    /// The kata's function is missing.
    NoFunction {
        /// Its name.
        function: String,
        /// The signature that the kata expects.
        wanted: String,
    },
    /// The kata's function is private.
    PrivateFunction {
        /// Its name.
        function: String,
        /// The signature that the kata expects.
        wanted: String,
    },
    /// The kata's function has a different signature.
    OtherSignature {
        /// The answer's signature, if it could be found.
        found: Option<String>,
        /// Whether it is an async function.
        is_async: bool,
        /// The signature that the kata expects.
        wanted: String,
    },
    /// Compiling took too much time, memory or output.
    TooMuchForCompiler {
        /// The limit.
        limit: CompilerLimit,
    },
    /// The compiler or the linker fails on this answer without reporting a location in it, and on no other.
    CompilerFailed {
        /// Its message.
        says: String,
    },
}

/// A track's rule about what answers may not contain.
#[derive(Debug, PartialEq, Eq)]
pub struct Ban {
    /// The code of its messages.
    pub code: &'static str,
    /// What an answer that breaks it is not, as the start of a sentence: "It is not safe Rust".
    pub broken: &'static str,
    /// What an answer must be, as a clause: "an answer is safe Rust".
    pub says: &'static str,
    /// An explanation for the learner, in sentences.
    pub help: &'static str,
}

/// A limit of compiling that an answer can exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompilerLimit {
    /// Wall time.
    Time(Duration),
    /// CPU time.
    Processor(Duration),
    /// Memory in bytes.
    Memory(u64),
    /// Bytes of messages.
    Messages(usize),
    /// The compiler crashed with this signal.
    Crash(Signal),
}

impl CompilerLimit {
    /// Whether the limit does not depend on the load of the machine, which can slow a compiler down or use up its
    /// memory.
    #[must_use]
    pub fn is_the_answers(self) -> bool {
        !matches!(self, Self::Time(_) | Self::Memory(_))
    }

    /// A clause about the compiler: "took more than 10 seconds".
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

/// A message of the compiler about the answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompilerMessage {
    /// Its first line, without the level.
    pub text: String,
    /// The error's code, such as `E0308`; empty when it has none.
    pub code: String,
    /// The line, from 1; 0 if it has no location.
    pub line: u32,
    /// The column, from 1; 0 if it has no location.
    pub column: u32,
    /// The message as the compiler formats it, with colors.
    pub rendered: String,
}
