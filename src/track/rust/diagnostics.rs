//! Parses rustc's JSON diagnostics about an answer: errors in the learner's file, or a function with the wrong
//! signature.
//!
//! The glue (`glue.rs`) is the only other file of an answer's crate. An error there means that the answer lacks the
//! kata's function or that its signature differs; rustc's messages about our glue would be confusing, so they become
//! a verdict.

use serde::Deserialize;

use super::{glue, safety};
use crate::printable;
use crate::verdict::{CompilerMessage, MOST_MESSAGES, Refusal};
use crate::words::clip;

/// The maximum number of errors, and of warnings, that are kept, and the maximum size in bytes of a message and of
/// its rendered form.
const MOST: usize = MOST_MESSAGES;
const TEXT: usize = 2 * 1024;
const RENDERED: usize = 8 * 1024;

#[derive(Deserialize)]
struct Diagnostic {
    message: String,
    code: Option<Code>,
    level: String,
    #[serde(default)]
    spans: Vec<Span>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    column_start: u32,
    is_primary: bool,
}

/// The diagnostics of rustc.
#[derive(Debug, Default)]
pub(super) struct CompilerOutput {
    /// Warnings about the learner's file.
    pub(super) warnings: Vec<CompilerMessage>,
    /// Errors about the learner's file, and those without a location.
    pub(super) errors: Vec<CompilerMessage>,
    /// The files of these errors, with the error codes.
    places: Vec<(String, String)>,
    /// The codes and messages of the errors about the glue.
    glue: Vec<(String, String)>,
    /// Output that was not a diagnostic: a crash of the compiler, messages of the linker.
    other: String,
}

/// The codes of errors about files that cannot be found or read, which the machine can cause anywhere.
const LOADING: &[&str] = &[
    "E0460", "E0461", "E0462", "E0463", "E0514", "E0519", "E0786",
];

impl CompilerOutput {
    /// Whether an error is in this file or in its use by the glue, and is not about a missing library.
    pub(super) fn names_a_place(&self, shown_as: &str) -> bool {
        let is_sure = |code: &String| !LOADING.contains(&code.as_str());
        let mut own = self.places.iter();
        let mut glue = self.glue.iter();
        own.any(|(file, code)| file == shown_as && is_sure(code))
            || glue.any(|(code, _)| !code.is_empty() && is_sure(code))
    }

    /// Everything that is an error, as a string.
    pub(super) fn text(&self) -> String {
        let errors = self.errors.iter().map(|error| error.text.as_str());
        let glue = self.glue.iter().map(|(_, text)| text.as_str());
        let all: Vec<_> = errors.chain(glue).chain([self.other.as_str()]).collect();
        all.join(" ")
    }
}

/// Reads rustc's standard error.
pub(super) fn read(stderr: &[u8]) -> CompilerOutput {
    let mut said = CompilerOutput::default();
    let text = String::from_utf8_lossy(stderr);
    for line in text.lines() {
        let Ok(diagnostic) = serde_json::from_str::<Diagnostic>(line) else {
            said.other.push_str(&printable::lines(line));
            said.other.push('\n');
            continue;
        };
        let place = diagnostic.spans.iter().find(|span| span.is_primary);
        let code = diagnostic.code.map(|code| code.code).unwrap_or_default();
        let text = clip(printable::lines(&diagnostic.message).into_owned(), TEXT);
        let rendered = diagnostic.rendered.unwrap_or_default();
        if place.is_some_and(|span| span.file_name == glue::FILE) {
            said.glue.push((code, text));
            continue;
        }
        // The closing lines ("aborting due to 2 previous errors") say nothing about the answer.
        if place.is_none() && text.starts_with("aborting due to") {
            continue;
        }
        let message = CompilerMessage {
            text,
            code,
            line: place.map_or(0, |span| span.line_start),
            column: place.map_or(0, |span| span.column_start),
            // The compiler's own colors stay. The compiler removes control characters from lines of an answer, but not
            // from messages that contain text of the answer. This is repeated after truncation, which may have cut a
            // color code.
            rendered: printable::styled(&clip(printable::styled(&rendered).into_owned(), RENDERED))
                .into_owned(),
        };
        let messages = match diagnostic.level.as_str() {
            // The compiler's own fault, wherever it points.
            "error: internal compiler error" => &mut said.errors,
            "error" => {
                let file = place.map_or_else(String::new, |span| span.file_name.clone());
                said.places.push((file, message.code.clone()));
                &mut said.errors
            }
            "warning" => &mut said.warnings,
            _ => continue,
        };
        if messages.len() < MOST {
            messages.push(message);
        }
    }
    said.other = clip(said.other, RENDERED);
    said
}

/// Why the answer was refused; `source` is its text, `wanted` the signature that the kata expects.
pub(super) fn refusal(said: CompilerOutput, source: &str, function: &str, wanted: &str) -> Refusal {
    let wanted = wanted.to_owned();
    // Errors with a location, or the linker's about a name of the answer, are shown as errors; other output is shown
    // verbatim.
    let (about_answer, others): (Vec<_>, Vec<_>) =
        said.errors.into_iter().partition(is_about_answer);
    if let Some(error) = about_answer.iter().find(|error| error.code == safety::CODE) {
        return Refusal::Forbidden {
            rule: &safety::BAN,
            found: error.text.clone(),
            line: error.line,
            column: error.column,
        };
    }
    if !about_answer.is_empty() {
        return Refusal::Errors {
            broken: "It does not compile",
            messages: about_answer,
        };
    }
    if !others.is_empty() && said.glue.is_empty() {
        let texts: Vec<_> = others.into_iter().map(|error| error.text).collect();
        return Refusal::CompilerFailed {
            says: texts.join("\n"),
        };
    }
    if said.glue.is_empty() {
        return Refusal::CompilerFailed { says: said.other };
    }
    let codes: Vec<_> = said.glue.iter().map(|(code, _)| code.as_str()).collect();
    if codes.contains(&"E0603") {
        Refusal::PrivateFunction {
            function: function.to_owned(),
            wanted,
        }
    } else if codes.contains(&"E0425") || codes.contains(&"E0423") {
        Refusal::NoFunction {
            function: function.to_owned(),
            wanted,
        }
    } else {
        let found = signature_in(source, function);
        Refusal::OtherSignature {
            is_async: found
                .as_ref()
                .is_some_and(|found| found.contains("async fn")),
            found: found.map(|found| clip(found, TEXT)),
            wanted,
        }
    }
}

/// Whether an error is the answer's own: it has a location in it, or the linker cannot find a name from the answer.
fn is_about_answer(error: &CompilerMessage) -> bool {
    const OWN: &[&str] = &[
        "undefined symbol",
        "unable to find library",
        "duplicate symbol",
        "cannot find -l",
    ];
    let linker = error.text.starts_with("linking with") || error.text.contains("could not compile");
    let names = |text: &str| OWN.iter().any(|own| text.contains(own));
    error.line > 0
        || !error.code.is_empty()
        || (linker && (names(&error.text) || names(&error.rendered)))
}

/// The signature that the source gives the function, on one line; `None` when it is made by a macro or re-exported.
fn signature_in(source: &str, function: &str) -> Option<String> {
    let start = source.match_indices("fn ").find_map(|(index, _)| {
        let rest = source[index + 3..].trim_start();
        let after = rest.strip_prefix(function)?;
        after.starts_with(['(', '<', ' ', '\n']).then_some(index)
    })?;
    let text = &source[start..];
    let end = text.find('{').unwrap_or(text.len());
    let words: Vec<_> = text[..end].split_whitespace().collect();
    let line = words
        .join(" ")
        .replace("( ", "(")
        .replace(", )", ")")
        .replace(",)", ")");
    // The start of the function's line: `pub`, `unsafe`, `async`.
    let before = source[..start]
        .rsplit('\n')
        .next()
        .unwrap_or("")
        .trim_start();
    Some(format!("{before}{line}"))
}

#[cfg(test)]
mod tests {
    use super::{MOST, RENDERED, TEXT, read, signature_in};

    #[test]
    fn compiler_messages_are_truncated() {
        let long = "x".repeat(20 * 1024);
        let message = |level: &str| {
            format!(
                "{{\"message\": \"{long}\", \"code\": null, \"level\": \"{level}\", \"rendered\": \"{long}\"}}\n"
            )
        };
        let said = read(
            [message("error"), message("warning"), format!("{long}\n")]
                .concat()
                .repeat(60)
                .as_bytes(),
        );
        for messages in [&said.errors, &said.warnings] {
            assert_eq!(messages.len(), MOST);
            for message in messages {
                assert!(message.text.len() <= TEXT && message.rendered.len() <= RENDERED);
            }
        }
        assert!(said.other.len() <= RENDERED);
    }

    fn check(source: &str, expected: Option<&str>) {
        assert_eq!(
            signature_in(source, "answer").as_deref(),
            expected,
            "{source}"
        );
    }

    #[test]
    fn a_signature_is_found_as_the_learner_wrote_it() {
        check(
            "pub fn answer(x: i64) -> f32 {\n 1.0 }",
            Some("pub fn answer(x: i64) -> f32"),
        );
        check(
            "use a::b;\npub fn answer(\n    x: i64,\n    y: u8,\n) {}",
            Some("pub fn answer(x: i64, y: u8)"),
        );
        check(
            "fn answered() {}\nfn answer<T>() {}",
            Some("fn answer<T>()"),
        );
        check("macro_rules! m { () => {} }", None);
    }
}
