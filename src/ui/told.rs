//! What a learner's screen says of a result, as plain text: every report has the same words.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::time::Duration;

use super::{Ui, failure, mismatch, result, words};
use crate::record::Told;
use crate::spec::Spec;
use crate::verdict::{CaseResult, CaseVerdict, Judged, KataResult, NotRun};

/// How wide the screens in reports are.
const COLUMNS: usize = 80;

/// The most lines of what a panic says that a report repeats, the place among them.
const DETAILS: usize = 7;

/// A stream that keeps what is written.
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

/// What a learner's screen says of a result, without the time it took and without colour.
#[must_use]
pub fn told(result: &KataResult, spec: &Spec) -> Told {
    let kept = Kept::default();
    let mut ui = Ui::of_streams(Box::new(kept.clone()), Box::new(std::io::sink()), COLUMNS);
    let mut untimed = result.clone();
    untimed.took = Duration::ZERO;
    ui.result(&untimed, spec);
    let screen = words::strip(&String::from_utf8_lossy(&kept.0.borrow()));
    let (headline, cases) = match &result.judged {
        Judged::Refused(refusal) => {
            let (what, _, _) = failure::refusal(refusal, &result.kata, &result.answer);
            let word = if refusal.is_about_answer() {
                "not yet."
            } else {
                "not judged:"
            };
            (format!("{word} {what}"), Vec::new())
        }
        Judged::Ran(ran) => {
            let word = if result.passed() { "passed" } else { "not yet" };
            let what = result::standing(ran, spec, result.passed());
            let call = match ran.never_called.as_slice() {
                [] => String::new(),
                names => format!(" The numbers are right, without {}.", names.join(" and ")),
            };
            let cases = ran.cases.iter().map(sentence).collect();
            (format!("{word}. {what}.{call}"), cases)
        }
    };
    Told {
        headline,
        screen,
        cases,
    }
}

/// What came of one case; empty when it passed.
fn sentence(case: &CaseResult) -> String {
    match &case.verdict {
        CaseVerdict::Passed => String::new(),
        CaseVerdict::Different(different) => mismatch::sentence(different),
        CaseVerdict::Failed(failed) => {
            let details = failure::details(failed, usize::MAX, DETAILS);
            let details: Vec<_> = details
                .iter()
                .map(|line| format!(" {}", line.trim_start()))
                .collect();
            format!("the answer {}.{}", failed.clause(), details.concat())
        }
        CaseVerdict::NotRun(NotRun::ShownCasesFirst) => {
            "waits until every shown case passes.".to_owned()
        }
        CaseVerdict::NotRun(NotRun::OutOfTimeBefore) => {
            "was not run: an earlier case used up the time.".to_owned()
        }
        CaseVerdict::NotRun(NotRun::NotAskedFor) => "was not asked for.".to_owned(),
        CaseVerdict::NotRun(NotRun::Sealed) => {
            "is sealed, and was not run without the class key.".to_owned()
        }
    }
}
