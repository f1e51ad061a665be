//! A failed compilation: whether it blames the answer, and what is wrong with the answer.
//!
//! `program.rs` uses it after a failure. Nothing here is a verdict until the control (`control.rs`) has shown that
//! the tools work.

use super::compilation::LIMITS;
use super::diagnostics::{self, CompilerOutput};
use super::glue;
use crate::sandbox::{End, Outcome};
use crate::signal::Signal;
use crate::spec::Spec;
use crate::track::TrackError;
use crate::verdict::{CompilerLimit, Refusal};

/// A failed compilation.
pub(super) struct FailedCompilation {
    said: CompilerOutput,
    end: End,
    ran_out: bool,
}

impl FailedCompilation {
    /// Creates one from the compiler's messages and how it ended.
    pub(super) fn new(said: CompilerOutput, outcome: &Outcome) -> Self {
        Self {
            said,
            end: outcome.end,
            ran_out: ran_out(&outcome.printed),
        }
    }

    /// Whether the compiler finished and found an error in the answer or in its use by the glue.
    pub(super) fn names_a_place(&self, shown_as: &str) -> bool {
        matches!(self.end, End::Exited(_)) && self.said.names_a_place(shown_as)
    }

    /// The limit that it exceeded.
    pub(super) fn limit(&self) -> Option<CompilerLimit> {
        match self.end {
            End::OutOfTime => Some(CompilerLimit::Time(LIMITS.wall)),
            End::Signalled(Signal::XCPU) => Some(CompilerLimit::Processor(LIMITS.processor)),
            End::Signalled(Signal::ABORT) if self.ran_out => {
                Some(CompilerLimit::Memory(LIMITS.memory))
            }
            End::PrintedTooMuch => Some(CompilerLimit::Messages(LIMITS.printed)),
            End::Signalled(_) | End::Exited(_) | End::SentTooMuch => None,
        }
    }

    /// Why the answer is refused, once the tools are known to work.
    pub(super) fn refusal(self, spec: &Spec, source: &str) -> Result<Refusal, TrackError> {
        if let Some(limit) = self.limit() {
            return Ok(Refusal::TooMuchForCompiler { limit });
        }
        match self.end {
            End::Signalled(signal) => Ok(Refusal::TooMuchForCompiler {
                limit: CompilerLimit::Crash(signal),
            }),
            _ => {
                let wanted = glue::signature(spec)?;
                let function = &spec.function;
                Ok(diagnostics::refusal(self.said, source, function, &wanted))
            }
        }
    }
}

/// Whether the compiler, or its code generator, ran out of memory.
fn ran_out(printed: &[u8]) -> bool {
    let printed = String::from_utf8_lossy(printed);
    printed.contains("memory allocation of") || printed.contains("out of memory")
}
