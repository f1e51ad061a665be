//! Why an answer was not built.

/// Why an answer could not be built. Each is a verdict about the answer, not an error of the runner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file, or it cannot be read.
    NoAnswer {
        /// What the system said.
        says: String,
    },
    /// It is a link, a folder or something else that is no ordinary file.
    NotAnOrdinaryFile,
    /// The file is too large.
    TooLarge {
        /// The most bytes an answer may have.
        most: u64,
    },
    /// The file is not UTF-8.
    NotText,
    /// The compiler found errors.
    Errors {
        /// In the compiler's order.
        messages: Vec<CompilerMessage>,
    },
    /// It is not safe Rust.
    NotSafe {
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
        /// The signature that the kata wants.
        wanted: String,
    },
    /// Compiling took too long, too much memory or too much output.
    TooMuchForCompiler {
        /// Which limit, as a clause: "took more than 10 seconds".
        clause: String,
    },
    /// The compiler or the linker failed without an error about the answer.
    CompilerFailed {
        /// What it said.
        says: String,
    },
}

impl Refusal {
    /// Whether the answer is surely to blame: not where the compiler was killed, or failed without naming a place.
    #[must_use]
    pub fn is_about_answer(&self) -> bool {
        match self {
            Self::CompilerFailed { .. } => false,
            Self::TooMuchForCompiler { clause } => !clause.ends_with(KILLED),
            _ => true,
        }
    }
}

/// How the clause of a compiler ends that was killed from outside.
const KILLED: &str = "signal 9";

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
    /// As the compiler shows it, with its colours.
    pub rendered: String,
}
