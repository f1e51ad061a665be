//! The wording of a learner's screen about a result, so that every report has the same wording.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::time::Duration;

use super::{Ui, failure, meaning, mismatch, result};
use crate::record::Wording;
use crate::spec::Spec;
use crate::verdict::{CaseResult, CaseVerdict, Judged, KataResult, NotRun, Ran, Refusal};

/// The width of the screens in reports.
const COLUMNS: usize = 80;

/// The maximum number of lines of a panic message in a report, including the location.
const DETAILS: usize = 7;

/// A stream that keeps its contents.
#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The learner's screen of a result, without the time and without color.
#[must_use]
pub fn wording(result: &KataResult, spec: &Spec) -> Wording {
    let kept = Kept::default();
    let mut ui = Ui::of_streams(Box::new(kept.clone()), Box::new(std::io::sink()), COLUMNS);
    let mut untimed = result.clone();
    untimed.took = Duration::ZERO;
    ui.result(&untimed, spec);
    let screen = String::from_utf8_lossy(&kept.0.borrow()).into_owned();
    let (headline, cases) = match &result.judged {
        Judged::Refused(refusal) => {
            let (what, _, _) = failure::refusal(refusal, &result.kata, &result.answer);
            let first = match refusal {
                Refusal::Errors { messages, .. } => messages.first(),
                _ => None,
            };
            let first = first.map(|error| format!(" Line {}: {}", error.line, error.text));
            (
                format!("not yet. {what}{}", first.unwrap_or_default()),
                Vec::new(),
            )
        }
        Judged::Ran(ran) => {
            let cases = ran.cases.iter().map(sentence).collect();
            (headline(result.passed(), ran, spec), cases)
        }
    };
    Wording {
        headline,
        screen,
        cases,
    }
}

/// The headline of an answer that ran.
fn headline(is_passed: bool, ran: &Ran, spec: &Spec) -> String {
    if result::to_do(ran).is_some() {
        return format!("not yet. {}", result::UNWRITTEN);
    }
    let word = if is_passed { "passed" } else { "not yet" };
    if let Some(unmet) = ran.unmet.first()
        && ran.cases.iter().all(CaseResult::good)
    {
        let unmet = meaning::clause(unmet);
        return format!("{word}. The numbers are right, but {unmet}.");
    }
    let standing = result::standing(ran, spec, is_passed);
    // If there is no output, a reader of a table wants to know why.
    let mut wrong = ran
        .cases
        .iter()
        .filter(|case| !case.good() && !case.is_waiting());
    let gist = match wrong.next().map(|case| &case.verdict) {
        Some(CaseVerdict::Failed(failed)) => format!(": the answer {}", failed.clause()),
        _ => String::new(),
    };
    format!("{word}. {standing}{gist}.")
}

/// The result of one case; empty when it passed.
fn sentence(case: &CaseResult) -> String {
    match &case.verdict {
        CaseVerdict::Passed => String::new(),
        CaseVerdict::Different(_) if case.is_sealed() => "It does not pass.".to_owned(),
        CaseVerdict::Different(different) => capital(&mismatch::sentence(different)),
        CaseVerdict::Failed(failed) => failure::sentence(failed, DETAILS),
        CaseVerdict::NotRun(NotRun::ShownCasesFirst) => {
            "It was not run: hidden cases run only after every shown case passes.".to_owned()
        }
        CaseVerdict::NotRun(NotRun::OutOfTimeBefore) => {
            "It was not run: an earlier case used up the time.".to_owned()
        }
        CaseVerdict::NotRun(NotRun::NotAskedFor) => {
            "It was not run: you chose another case.".to_owned()
        }
        CaseVerdict::NotRun(NotRun::Sealed) => {
            "It was not run: sealed cases need the class key.".to_owned()
        }
    }
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Failure, Location};

    #[test]
    fn a_panic_is_one_sentence() {
        let place = |line| {
            Some(Location {
                file: "katas/a/a.rs".to_owned(),
                line,
                column: 5,
                own: true,
            })
        };
        for (message, place, said) in [
            (
                "not yet implemented: bring 12 weights",
                place(7),
                "The answer is not written yet: bring 12 weights at katas/a/a.rs:7:5",
            ),
            (
                "not yet implemented",
                place(7),
                "The answer is not written yet at katas/a/a.rs:7:5",
            ),
            (
                "index out of bounds:\nthe len is 3",
                place(9),
                "The answer panicked: index out of bounds: the len is 3 at katas/a/a.rs:9:5",
            ),
            ("no.", None, "The answer panicked: no."),
            ("no", None, "The answer panicked: no."),
            ("", None, "The answer panicked."),
        ] {
            let message = message.to_owned();
            let failure = Failure::Panicked { message, place };
            assert_eq!(failure::sentence(&failure, DETAILS), said);
        }
    }
}
