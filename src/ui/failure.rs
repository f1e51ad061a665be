//! The texts about an answer that gave no output: the verdict, the details and the meaning.

use std::path::Path;

use super::{fit, words};
use crate::signal::Signal;
use crate::verdict::{Failure, Refusal};

/// The message and the location, in at most `most` lines; the location is the last one.
pub(super) fn details(failure: &Failure, columns: usize, most: usize) -> Vec<String> {
    let (message, place) = match failure {
        Failure::Panicked { message, place } | Failure::Raised { message, place } => {
            (message, place)
        }
        Failure::Unusable { says } => (says, &None),
        _ => return Vec::new(),
    };
    // A learner cannot change a line in a library.
    let place = place.as_ref().filter(|place| place.own);
    let place = place.map(|place| format!("  at {}:{}:{}", place.file, place.line, place.column));
    let room = most.saturating_sub(usize::from(place.is_some()));
    let text = words::wrap(message, columns, 2);
    let mut lines = fit::cut(&text, room, columns);
    for line in &mut lines {
        *line = words::clip(line, columns);
    }
    lines.extend(place);
    lines
}

/// The task in the panic message of a starter; empty if it has none.
pub(super) fn to_do(message: &str) -> &str {
    let unwritten = message.strip_prefix("not yet implemented");
    let said = unwritten.unwrap_or(message).trim_start();
    said.strip_prefix(':').unwrap_or(said).trim()
}

/// A sentence about a failure: the message of a panic follows it, and the location comes last.
pub(super) fn sentence(failure: &Failure, most: usize) -> String {
    let clause = failure.clause();
    let details = details(failure, usize::MAX, most);
    let mut details: Vec<_> = details.iter().map(|line| line.trim()).collect();
    let place = match failure {
        Failure::Panicked {
            place: Some(place), ..
        }
        | Failure::Raised {
            place: Some(place), ..
        } if place.own => details.pop(),
        _ => None,
    };
    let said = details.join(" ");
    let said = match failure.is_unwritten() {
        true => to_do(&said),
        false => said.as_str(),
    };
    let said = match said {
        "" => String::new(),
        said => format!(": {said}"),
    };
    match place {
        Some(place) => format!("The answer {clause}{said} {place}"),
        None if said.ends_with(['.', '!', '?', '…']) => format!("The answer {clause}{said}"),
        None => format!("The answer {clause}{said}."),
    }
}

/// What the failure means and where to look.
pub(super) fn meaning(failure: &Failure) -> &'static str {
    match failure {
        Failure::Panicked { message, .. } | Failure::Raised { message, .. }
            if message.contains("PermissionDenied") || message.starts_with("PermissionError") =>
        {
            "An answer may not use files, the network, threads or other processes. Everything it needs is in its \
             arguments."
        }
        Failure::Panicked {
            place: Some(place), ..
        } if !place.own => {
            "The panic happened inside a library that your code called. Its message says what the library received."
        }
        Failure::Panicked { place: None, .. } | Failure::Raised { place: None, .. } => {
            "Your code stopped before it returned an output. The inputs of hidden cases are not shown."
        }
        Failure::Panicked { .. } => "Your code stopped at that line.",
        // If a function cannot take the arguments, it is not called, and this is its first line.
        Failure::Raised { .. } => "Look at that line: the exception comes from there.",
        Failure::Unusable { .. } => {
            "The function ran to its end. Look at its `return`, and at what the kata asks for."
        }
        Failure::Exited { .. } => {
            "A program that exits produces no output. Return the array from the function instead."
        }
        Failure::Aborted => {
            "Your code or a library called `abort`, or a second panic happened during the first."
        }
        Failure::Crashed {
            signal: Signal::XFSZ,
        } => "An answer may not write files. Return the result instead.",
        Failure::Crashed { .. } => {
            "No answer should be able to do this. Please report this answer as a bug in katas."
        }
        Failure::StackOverflow => {
            "Look for a function that never stops calling itself, or for a very large array on the stack."
        }
        Failure::OutOfTime { .. } => "Look for a loop that never ends.",
        Failure::OutOfMemory { .. } => {
            "Look for an array whose shape is far too large, or for a loop that never stops pushing."
        }
        Failure::TooMuchOutput { .. } => {
            "Print less: what an answer prints is shown, but only up to this limit."
        }
        Failure::TooLargeResult { .. } => {
            "Look for a shape that is far too large: no kata returns that many values."
        }
        Failure::DidNotFinish => {
            "The program exited before it finished, so none of its output counts."
        }
    }
}

/// The details of an answer that was not built, apart from sentences.
pub(super) enum Details {
    None,
    /// Signatures, each with its label.
    Signatures(Vec<(&'static str, String)>),
    /// Text from a tool.
    Text(String),
}

impl Details {
    /// The details in at most `most` lines: a signature with one parameter per line, or on one line if there is no
    /// room.
    pub(super) fn lines(&self, columns: usize, most: usize) -> Vec<String> {
        match self {
            Self::None => Vec::new(),
            Self::Signatures(signatures) => {
                let each = signatures.iter();
                let long: Vec<_> = each
                    .flat_map(|(label, text)| labeled(label, text))
                    .collect();
                if long.len() <= most {
                    return long;
                }
                let short = signatures.iter().map(|(label, text)| {
                    format!("  {label}\n{}", words::wrap(&together(text), columns, 4))
                });
                fit::cut(&short.collect::<Vec<_>>().join("\n"), most, columns)
            }
            Self::Text(text) => {
                let lines = text.lines().map(|line| format!("  {line}"));
                let text = lines.collect::<Vec<_>>().join("\n");
                let lines = fit::cut(&text, most, columns).into_iter();
                lines.map(|line| words::clip(&line, columns)).collect()
            }
        }
    }
}

/// The sentence, the details and the meaning of an answer that was not built.
pub(super) fn refusal(refusal: &Refusal, kata: &str, answer: &Path) -> (String, Details, String) {
    let file = answer.display();
    match refusal {
        Refusal::NoAnswer { says } => (
            format!("The answer {file} cannot be read: {says}."),
            Details::None,
            String::new(),
        ),
        Refusal::NotAnOrdinaryFile => (
            format!("The answer {file} is not a regular file."),
            Details::None,
            "Folders, pipes and devices are not read, and in a submission, neither are links. Put the file itself there."
                .to_owned(),
        ),
        Refusal::TooLarge { most } => (
            format!("The answer {file} is larger than {} KiB.", most / 1024),
            Details::None,
            String::new(),
        ),
        Refusal::NotText => (
            format!("The answer {file} is not UTF-8 text."),
            Details::None,
            "Save it again as UTF-8.".to_owned(),
        ),
        Refusal::Errors { broken, messages } => (
            format!("{broken}: {}.", super::plural(messages.len(), "error")),
            Details::None,
            String::new(),
        ),
        Refusal::Forbidden {
            rule,
            found,
            line,
            column,
        } => (
            format!("{}: {found} at {file}:{line}:{column}.", rule.broken),
            Details::None,
            rule.help.to_owned(),
        ),
        Refusal::NoFunction { function, wanted } => (
            format!("There is no function `{function}` in {file}."),
            Details::Signatures(vec![("expected", wanted.clone())]),
            format!(
                "The kata calls the function by this name. The starter has it: `katas reset {kata}` restores the starter \
                 and keeps your file as a backup."
            ),
        ),
        Refusal::PrivateFunction { function, wanted } => (
            format!("The function `{function}` in {file} is private."),
            Details::Signatures(vec![("expected", wanted.clone())]),
            "Write `pub` before `fn`, so that the kata can call it.".to_owned(),
        ),
        Refusal::OtherSignature {
            found,
            is_async,
            wanted,
        } => (
            format!("The function in {file} does not have the signature that the kata expects."),
            Details::Signatures(
                found
                    .iter()
                    .map(|found| ("found", found.clone()))
                    .chain([("expected", wanted.clone())])
                    .collect(),
            ),
            match is_async {
                true => {
                    "Remove `async`: the kata calls an ordinary function and does not wait for a future.".to_owned()
                }
                false => "Parameter types, their order and the return type must match. Parameter names are up to you."
                    .to_owned(),
            },
        ),
        Refusal::TooMuchForCompiler { limit } => (
            format!("The compiler gave up on {file}: it {}.", limit.clause()),
            Details::None,
            "Look for a macro or a constant that never stops expanding.".to_owned(),
        ),
        Refusal::CompilerFailed { says } => (
            format!("The compiler failed on {file} without reporting an error in it."),
            Details::Text(says.clone()),
            "A simple answer compiles here, so something in this file is too much for the compiler."
                .to_owned(),
        ),
    }
}

/// A signature that is never broken inside a parameter.
fn together(signature: &str) -> String {
    let parts = signature.split(", ").map(words::unbroken);
    parts.collect::<Vec<_>>().join(", ")
}

/// A signature below its label, with one parameter per line.
fn labeled(label: &str, signature: &str) -> Vec<String> {
    let mut lines = vec![format!("  {label}")];
    let Some((head, rest)) = signature.split_once('(') else {
        lines.push(format!("    {signature}"));
        return lines;
    };
    let (parameters, result) = rest.rsplit_once(')').unwrap_or((rest, ""));
    lines.push(format!("    {head}("));
    let mut depth = 0;
    let mut parameter = String::new();
    for char in parameters.chars() {
        depth +=
            i32::from(matches!(char, '<' | '(' | '[')) - i32::from(matches!(char, '>' | ')' | ']'));
        if char == ',' && depth == 0 {
            lines.push(format!("        {},", parameter.trim()));
            parameter.clear();
        } else {
            parameter.push(char);
        }
    }
    if !parameter.trim().is_empty() {
        lines.push(format!("        {},", parameter.trim()));
    }
    lines.push(format!("    ){result}"));
    lines
}
