//! Checks an answer with Python's own parser before it runs: syntax errors, warnings, a missing function.

use std::ffi::OsString;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::environment::Environment;
use super::{error, process, signature};
use crate::printable;
use crate::sandbox::{Author, CancelToken, End, Limits, Outcome};
use crate::signal::Signal;
use crate::track::{Answer, TrackError};
use crate::verdict::{CompilerLimit, CompilerMessage, Refusal};
use crate::words::clip;

/// The limits for parsing. Ordinary answers take a hundredth of a second.
const LIMITS: Limits = Limits {
    wall: Duration::from_secs(10),
    processor: Duration::from_secs(10),
    memory: 1 << 30,
    address: 2 << 30,
    printed: 64 * 1024,
    results: 1 << 20,
    file: 0,
};

/// The maximum size in bytes of a message, and of its rendered form.
const TEXT: usize = 2 * 1024;
const RENDERED: usize = 8 * 1024;

/// A text with only the kata's function.
const KNOWN_GOOD: &str = "def f():\n    pass\n";

#[derive(Serialize)]
struct Question<'a> {
    file: &'a str,
    function: &'a str,
    source: &'a str,
}

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    errors: Vec<Message>,
    #[serde(default)]
    warnings: Vec<Message>,
    #[serde(default)]
    too_deep: bool,
    #[serde(default)]
    has_function: bool,
}

#[derive(Deserialize)]
struct Message {
    text: String,
    code: String,
    line: u32,
    column: u32,
    rendered: String,
}

impl From<Message> for CompilerMessage {
    fn from(message: Message) -> Self {
        let fit = |text: &str, most| clip(printable::lines(text).into_owned(), most);
        Self {
            text: fit(&message.text, TEXT),
            code: fit(&message.code, TEXT),
            line: message.line,
            column: message.column,
            rendered: fit(&message.rendered, RENDERED),
        }
    }
}

/// The warnings about an answer's text, or why it cannot be run.
///
/// # Errors
/// When the interpreter fails on a known-good text too.
pub(super) fn check(
    environment: &Environment,
    author: Author,
    answer: &Answer<'_>,
) -> Result<Result<Vec<CompilerMessage>, Refusal>, TrackError> {
    let function = answer.spec.function.as_str();
    let ended = ask(
        environment,
        author,
        answer.shown_as,
        function,
        answer.source,
        answer.cancel,
    )?;
    let Some(found) = report(&ended) else {
        let control = ask(
            environment,
            author,
            "control.py",
            "f",
            KNOWN_GOOD,
            answer.cancel,
        )?;
        return match report(&control) {
            Some(known) if known.has_function => Ok(Err(blamed(&ended))),
            _ => Err(error::control(&process::words(&control))),
        };
    };
    if found.too_deep {
        return Ok(Err(Refusal::CompilerFailed {
            says: "the code is nested too deeply".to_owned(),
        }));
    }
    if !found.errors.is_empty() {
        let messages = found.errors.into_iter().map(Into::into).collect();
        return Ok(Err(Refusal::Errors {
            broken: "It is not valid Python",
            messages,
        }));
    }
    if !found.has_function {
        return Ok(Err(Refusal::NoFunction {
            function: function.to_owned(),
            wanted: signature::signature(answer.spec),
        }));
    }
    Ok(Ok(found.warnings.into_iter().map(Into::into).collect()))
}

fn ask(
    environment: &Environment,
    author: Author,
    file: &str,
    function: &str,
    source: &str,
    cancel: Option<&CancelToken>,
) -> Result<Outcome, TrackError> {
    let question = Question {
        file,
        function,
        source,
    };
    let input =
        serde_json::to_vec(&question).map_err(|error| error::control(&error.to_string()))?;
    // Without the packages it starts in a hundredth of a second.
    let mut arguments = ["-I", "-S", "-B"].map(OsString::from).to_vec();
    arguments.push(environment.driver.check().into_os_string());
    Ok(process::once(
        environment,
        author,
        arguments,
        input,
        LIMITS,
        cancel,
    )?)
}

/// The interpreter's findings, if it completed.
fn report(ended: &Outcome) -> Option<Report> {
    if ended.end != End::Exited(0) {
        return None;
    }
    serde_json::from_slice(&ended.results).ok()
}

/// The failure of the interpreter on a text, if it works on a good one.
fn blamed(ended: &Outcome) -> Refusal {
    let limit = match ended.end {
        End::OutOfTime => CompilerLimit::Time(LIMITS.wall),
        End::Signalled(Signal::XCPU) => CompilerLimit::Processor(LIMITS.processor),
        End::Signalled(signal) => CompilerLimit::Crash(signal),
        End::PrintedTooMuch | End::SentTooMuch => CompilerLimit::Messages(LIMITS.printed),
        End::Exited(_) => {
            return Refusal::CompilerFailed {
                says: process::words(ended),
            };
        }
    };
    Refusal::TooMuchForCompiler { limit }
}
