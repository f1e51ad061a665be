//! A kata as a list of tests, for formats that list tests: once to read, and once to add points up by.
//!
//! `junit` and `exercism` list what there is to read. `classroom`, `classroom50` and `gradescope` list what the points come
//! from: a test for each case where the right cases' share makes them, and else one test that earns all or nothing, so that
//! however a reader adds up, by scores or by the number of passed tests, it finds the record's points.

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
    /// The name, with the kata's; unlike every other of the kata.
    pub(super) name: String,
    /// The result.
    pub(super) outcome: TestStatus,
    /// What happened, in a sentence; empty when it passed.
    pub(super) said: String,
    /// The kata's name; empty when there is none.
    pub(super) kata: &'a str,
    /// The case; none for the kata as a whole.
    pub(super) case: Option<&'a CaseRecord>,
    /// The milliseconds it took; none when no times are kept.
    pub(super) took: Option<u64>,
}

/// What the points of a kata come from: tests that are all worth the same.
#[derive(Clone, Debug)]
pub(super) struct Scored<'a> {
    /// The tests, at least one.
    pub(super) rows: Vec<Row<'a>>,
    /// What they are worth together.
    pub(super) most: u32,
}

impl Row<'_> {
    /// A test that stands for there being none.
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
    /// How many of the tests passed.
    pub(super) fn passed(&self) -> usize {
        let passed = self
            .rows
            .iter()
            .filter(|row| row.outcome == TestStatus::Passed);
        passed.count()
    }

    /// What one test is worth.
    pub(super) fn worth(&self) -> f64 {
        f64::from(self.most) / self.rows.len() as f64
    }

    /// Gives each test its score, and adds them to the sum in order. Every passed test has the same score, but for the last
    /// bits of the last one: with it the sum is `total`, however it was rounded on the way.
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

/// Gives what must be added to `from` so that the sum, rounded, is `to`.
fn difference(to: f64, from: f64) -> f64 {
    let near = to - from;
    let tries = [near, near.next_up(), near.next_down()];
    let exact = tries.into_iter().find(|score| from + score == to);
    exact.unwrap_or(near)
}

/// Lists what there is to read: every case, and the kata as a whole where no case says why it did not pass.
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

/// Lists what the points come from.
pub(super) fn scored<'a>(record: &Record, kata: &'a KataRecord) -> Scored<'a> {
    let (right, counted) = kata.passed_of();
    let by_case = match (record.course.credit, kata.status) {
        (Credit::All, _) => false,
        (Credit::Cases, Status::Passed) => right == counted && counted > 0,
        // With every case right a call is missing: no case is worth anything.
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

/// Gives how many tests a kata's points come from when its answer runs, whatever comes of it.
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
