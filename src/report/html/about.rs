//! The head of a page: what was judged, by what, and whether it was confined.

use serde::Serialize;

use crate::record::AnyRecord;
use crate::spec::{CaseKind, Credit};
use crate::words::plural;

/// The sentences about a record as a whole.
#[derive(Serialize)]
pub(super) struct About {
    title: String,
    /// Which part of a class it is; empty when it is all of it.
    part: String,
    credit: &'static str,
    judged: String,
    confined: String,
    /// What was not enforced; empty when the answers were confined.
    not_confined: Vec<String>,
    sealed: String,
}

impl About {
    /// Collects the sentences about a record.
    pub(super) fn of(record: &AnyRecord) -> Self {
        let judge = &record.judge;
        let toolchain = match judge.tools_listed() {
            none if none.is_empty() => "no toolchain".to_owned(),
            listed => listed,
        };
        Self {
            title: record.course.title.clone(),
            part: record.part.as_ref().map_or_else(String::new, |part| {
                format!(
                    "This is part {} of {}: {} of {}.",
                    part.index,
                    part.of,
                    record.submissions.count(),
                    plural(part.submissions, "submission"),
                )
            }),
            credit: match record.course.credit {
                Credit::Cases => {
                    "A kata that is not passed earns points in proportion to its cases that are right."
                }
                Credit::All => {
                    "A kata earns its points if every case is right, and none otherwise."
                }
            },
            judged: format!(
                "Judged by katas {} with {toolchain}; an answer may run for {}.",
                judge.katas,
                plural(
                    usize::try_from(judge.seconds).unwrap_or(usize::MAX),
                    "second"
                ),
            ),
            confined: match judge.confined.as_slice() {
                [] => String::new(),
                layers => format!("Answers were confined by {}.", listed(layers)),
            },
            not_confined: judge.not_confined.clone(),
            sealed: sealed(record),
        }
    }
}

fn sealed(record: &AnyRecord) -> String {
    let cases = record.course.katas.iter().flat_map(|kata| &kata.cases);
    let sealed = cases.filter(|case| case.kind == CaseKind::Sealed).count();
    match (&record.judge.key, sealed) {
        (_, 0) => "The course has no sealed cases.".to_owned(),
        (Some(_), sealed) => format!("{} run with the class key.", were(sealed)),
        (None, sealed) => format!("{} not run: there was no class key.", were(sealed)),
    }
}

fn were(sealed: usize) -> String {
    let verb = if sealed == 1 { "was" } else { "were" };
    format!("{} {verb}", plural(sealed, "sealed case"))
}

/// Joins words: "a, b and c".
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
