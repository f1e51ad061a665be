//! The sentences of a result: why an answer is wrong, what a failure means, what is missing in a right one.

use super::fit::{ALL, cut};
use super::{explain, failure, mismatch, words};
use crate::diagnose::Explanation;
use crate::spec::Spec;
use crate::verdict::{CaseResult, CaseVerdict, KataResult, Ran};

/// What is said of a result in sentences.
pub(super) enum Words<'a> {
    /// Why the answer is wrong.
    Explanations(&'a [Explanation]),
    /// Anything else.
    Text(String),
}

/// Draws in at most some lines.
type Draw<'a> = Box<dyn Fn(usize) -> Vec<String> + 'a>;

impl<'a> Words<'a> {
    /// How many lines its own words take, and how it is drawn with all else.
    pub(super) fn drawn(self, columns: usize) -> (usize, Draw<'a>) {
        match self {
            Words::Explanations(told) => (
                explain::words_of(told, columns),
                Box::new(move |most| explain::explain(told, columns, most)),
            ),
            Words::Text(text) => {
                let wrapped = words::wrap(&text, columns, 0);
                let draw = move |most: usize| cut(&wrapped, most, columns);
                (ALL, Box::new(draw))
            }
        }
    }
}

/// What is to be said: why the answer is wrong, what its failure means, or what there is to say of a right one.
pub(super) fn meaning<'a>(
    result: &KataResult,
    ran: &'a Ran,
    first: Option<&CaseResult>,
    spec: &Spec,
) -> Words<'a> {
    let told = ran.explanations.as_slice();
    let Some(case) = first else {
        return Words::Text(match result.passed() {
            true => warning(ran),
            false => never_called(&ran.never_called),
        });
    };
    match &case.verdict {
        CaseVerdict::Different(different) if told.is_empty() => {
            match mismatch::meaning(different, spec) {
                Some(meaning) => Words::Text(meaning),
                None if case.is_shown() => Words::Explanations(told),
                None => Words::Text(String::new()),
            }
        }
        CaseVerdict::Failed(failure) if told.is_empty() => {
            Words::Text(failure::meaning(failure).to_owned())
        }
        _ => Words::Explanations(told),
    }
}

fn never_called(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let call = match names {
        [_] => "that call",
        _ => "those calls",
    };
    format!(
        "The numbers are right, but {}.\n\n\
         This kata is about {call}: the same numbers without prove nothing about the port.",
        missing(names)
    )
}

/// Which calls are missing, as a clause; there is at least one.
pub(super) fn missing(names: &[String]) -> String {
    let verb = match names {
        [_] => "was",
        _ => "were",
    };
    format!("{} {verb} never called", names.join(" and "))
}

fn warning(ran: &Ran) -> String {
    let Some(warning) = ran.warnings.first() else {
        return String::new();
    };
    let more = match ran.warnings.len() - 1 {
        0 => String::new(),
        count => format!(" (and {count} more)"),
    };
    format!(
        "The compiler warns, line {}: {}{more}",
        warning.line, warning.text
    )
}
