//! A kata as a list of tests, for formats that list tests: one list to read, and one to add up points.
//!
//! `junit` and `exercism` use the list to read. `classroom`, `classroom50` and `gradescope` use the list that gives
//! points: one test per case if a kata has partial credit, or else a single test that earns all or nothing. So a
//! reader that adds up scores and one that counts passed tests both get the record's points.

use super::text::{dealt, one_line};
use crate::record::{CaseRecord, CaseStatus, KataRecord, Record, Status};
use crate::spec::{CaseKind, Credit};

/// The result of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TestStatus {
    /// It passed.
    Passed,
    /// It did not pass.
    Failed,
    /// It was not judged, through no fault of the answer.
    Unjudged,
    /// It does not count.
    Skipped,
}

/// One test: a case, or the kata as a whole.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// The name, unique within the kata, with the kata's name.
    pub(super) name: String,
    /// The result.
    pub(super) outcome: TestStatus,
    /// What happened, in a sentence; empty when it passed.
    pub(super) said: String,
    /// The kata's name; empty when there is none.
    pub(super) kata: &'a str,
    /// The case; `None` for the kata as a whole.
    pub(super) case: Option<&'a CaseRecord>,
    /// The duration in milliseconds; `None` if no times are stored.
    pub(super) took: Option<u64>,
}

/// The tests that give a kata's points, all worth the same.
#[derive(Clone, Debug)]
pub(super) struct Scored<'a> {
    /// The tests, at least one.
    pub(super) rows: Vec<Row<'a>>,
    /// Their total points.
    pub(super) most: u32,
}

impl Row<'_> {
    /// A placeholder if there are no tests.
    pub(super) fn nothing(said: &str) -> Self {
        Self {
            name: "nothing to judge".to_owned(),
            outcome: TestStatus::Unjudged,
            said: said.to_owned(),
            kata: "",
            case: None,
            took: None,
        }
    }
}

impl Scored<'_> {
    /// The number of passed tests.
    pub(super) fn passed(&self) -> usize {
        let passed = self
            .rows
            .iter()
            .filter(|row| row.outcome == TestStatus::Passed);
        passed.count()
    }

    /// The points of one test.
    pub(super) fn worth(&self) -> f64 {
        f64::from(self.most) / self.rows.len() as f64
    }

    /// Gives each test its score, and adds them to the sum in order. Every passed test has the same score, except for
    /// the last bits of the last one, which make the sum exactly `total` despite rounding.
    pub(super) fn scores(&self, sum: &mut f64, total: f64) -> Vec<f64> {
        let mut left = self.passed();
        let rows = self.rows.iter();
        let scores = rows.map(|row| {
            if row.outcome != TestStatus::Passed {
                return 0.0;
            }
            left -= 1;
            let score = if left == 0 {
                difference(total, *sum)
            } else {
                self.worth()
            };
            *sum += score;
            score
        });
        scores.collect()
    }
}

/// Returns the number to add to `from` so that the rounded sum is `to`.
fn difference(to: f64, from: f64) -> f64 {
    let near = to - from;
    let tries = [near, near.next_up(), near.next_down()];
    let exact = tries.into_iter().find(|score| from + score == to);
    exact.unwrap_or(near)
}

/// Lists the tests to read: every case, and the kata as a whole if no case says why it did not pass.
pub(super) fn read(kata: &KataRecord) -> Vec<Row<'_>> {
    let mut rows: Vec<_> = kata.cases.iter().map(|case| row(kata, case)).collect();
    let any = |outcome| rows.iter().any(|row| row.outcome == outcome);
    let explained = match kata.status {
        Status::Passed => any(TestStatus::Passed),
        Status::Failed => any(TestStatus::Failed),
        Status::Refused | Status::Missing | Status::Unjudged => false,
    };
    if !explained {
        rows.push(whole(kata));
    }
    let ran = |row: &&mut Row| row.outcome != TestStatus::Skipped && !waits(row.case);
    let count = rows.iter_mut().filter(ran).count();
    if let Some(took) = kata.took {
        rows.iter_mut().for_each(|row| row.took = Some(0));
        let each = rows.iter_mut().filter(ran).zip(dealt(took, count));
        each.for_each(|(row, took)| row.took = Some(took));
    }
    rows
}

/// Lists the tests that give points.
pub(super) fn scored<'a>(record: &Record, kata: &'a KataRecord) -> Scored<'a> {
    let (right, counted) = kata.passed_of();
    let by_case = match (record.course.credit, kata.status) {
        (Credit::All, _) => false,
        (Credit::Cases, Status::Passed) => right == counted && counted > 0,
        // If every case is right but a call is missing, no case is worth anything.
        (Credit::Cases, Status::Failed) => right < counted,
        (Credit::Cases, Status::Refused | Status::Missing | Status::Unjudged) => false,
    };
    let mut rows = if by_case {
        read(kata)
    } else {
        let took = kata.took;
        vec![Row {
            took,
            ..whole(kata)
        }]
    };
    rows.retain(|row| row.outcome != TestStatus::Skipped);
    let most = kata.points.most;
    Scored { rows, most }
}

/// Returns the number of tests that give a kata's points if its answer runs.
pub(super) fn parts(record: &Record, kata: &KataRecord) -> usize {
    let about = record
        .course
        .katas
        .iter()
        .find(|about| about.id == kata.kata);
    let (_, counted) = kata.passed_of();
    let expected = about.map_or(0, |about| {
        let counts = |kind| kind != CaseKind::Sealed || record.judge.key.is_some();
        let cases = about.cases.iter().filter(|case| counts(case.kind));
        cases.count()
    });
    match record.course.credit {
        Credit::All => 1,
        Credit::Cases if counted > 0 => counted,
        Credit::Cases => expected.max(1),
    }
}

fn whole(kata: &KataRecord) -> Row<'_> {
    let outcome = match kata.status {
        Status::Passed => TestStatus::Passed,
        Status::Failed | Status::Refused | Status::Missing => TestStatus::Failed,
        Status::Unjudged => TestStatus::Unjudged,
    };
    let said = if outcome == TestStatus::Passed {
        String::new()
    } else {
        one_line(&kata.headline)
    };
    Row {
        name: kata.kata.clone(),
        outcome,
        said,
        kata: &kata.kata,
        case: None,
        took: None,
    }
}

fn row<'a>(kata: &'a KataRecord, case: &'a CaseRecord) -> Row<'a> {
    let kind = match case.kind {
        CaseKind::Shown => "",
        CaseKind::Hidden => " (hidden)",
        CaseKind::Sealed => " (sealed)",
    };
    let outcome = match case.status {
        CaseStatus::Passed => TestStatus::Passed,
        CaseStatus::Differs | CaseStatus::Failed | CaseStatus::Waits => TestStatus::Failed,
        CaseStatus::Open => TestStatus::Skipped,
    };
    let said = match (one_line(&case.said), case.status) {
        (_, CaseStatus::Passed) => String::new(),
        (said, _) if !said.is_empty() => said,
        (_, CaseStatus::Differs) => "The output differs.".to_owned(),
        (_, CaseStatus::Failed) => "There is no output.".to_owned(),
        (_, CaseStatus::Waits) => "It was not run.".to_owned(),
        (_, CaseStatus::Open) => "It is sealed and was not run.".to_owned(),
    };
    Row {
        name: format!(
            "{}: {} {}{kind}",
            kata.kata,
            case.number,
            one_line(&case.name)
        ),
        outcome,
        said,
        kata: &kata.kata,
        case: Some(case),
        took: None,
    }
}

fn waits(case: Option<&CaseRecord>) -> bool {
    case.is_some_and(|case| case.status == CaseStatus::Waits)
}
