//! `classroom`: the lines that a grader step of GitHub Actions appends to `$GITHUB_OUTPUT`, for
//! `autograding-grading-reporter`.
//!
//! `--report classroom` calls it. Each kata has its own runner: an output named after its id. The reporter adds
//! points up in two ways: in its table, by the share of passed tests; in its notice, by the sum of their scores.
//! Here, both give the record's points, exact to the last bit if the runners are listed in the course's order.
//! `message` is printed by the reporter for errors only, so a step also shows [`annotations`] and [`summary`]. This
//! module writes to none of these places itself.

use serde::Serialize;

pub use super::annotations::annotations;
use super::rows::{Row, Scored, TestStatus, parts, scored};
use super::text::{BASE64, clipped, file, one_line};
use super::{Format, Renderer, markdown};
use crate::record::{KataRecord, Record};

/// The lines for `$GITHUB_OUTPUT`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classroom;

/// The maximum size of a step's summary in bytes; GitHub does not show a longer one at all.
const SUMMARY: usize = 1024 * 1024;

/// The maximum number of characters of a test's message.
const MESSAGE: usize = 200;

/// The maximum number of bytes of an output. It becomes a variable of the reporter's environment, for which Linux
/// accepts at most 128 KiB.
const OUTPUT: usize = 120_000;

impl Format for Classroom {
    fn name(&self) -> &'static str {
        "classroom"
    }

    fn about(&self) -> &'static str {
        "outputs of a GitHub Actions step, for `autograding-grading-reporter`"
    }

    fn is_appended(&self) -> bool {
        true
    }

    fn renderer(&self) -> Renderer {
        Renderer::One(|record, _| outputs(record))
    }
}

fn outputs(record: &Record) -> Vec<u8> {
    let katas = record.submissions.first().map_or(&[][..], |one| &one.katas);
    let mut totals = Totals::default();
    let mut lines = String::new();
    for kata in katas {
        let payload = payload(&scored(record, kata), &[kata], &mut totals);
        lines.push_str(&line(&kata.kata, payload));
    }
    if let Some(payload) = together(record, katas) {
        lines.push_str(&line("result", payload));
    }
    lines.into_bytes()
}

/// Renders the text for `$GITHUB_STEP_SUMMARY`: the `markdown` report within GitHub's limit.
#[must_use]
pub fn summary(record: &Record) -> Vec<u8> {
    markdown::within(record, SUMMARY).into_bytes()
}

#[derive(Serialize)]
struct Payload {
    version: u8,
    status: &'static str,
    max_score: u32,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    score: f64,
    message: String,
    test_code: &'static str,
    filename: String,
    line_no: u32,
    duration: u64,
}

/// The sums of the reporter's two ways of adding up.
#[derive(Default)]
struct Totals {
    /// By the share of passed tests, runner by runner.
    table: f64,
    /// By the scores, test by test.
    notice: f64,
}

impl Totals {
    /// Returns the scores of a runner's tests, chosen so that both sums are equal.
    fn scores(&mut self, scored: &Scored) -> Vec<f64> {
        let share = scored.passed() as f64 / scored.rows.len() as f64;
        self.table += share * f64::from(scored.most);
        scored.scores(&mut self.notice, self.table)
    }
}

fn payload(scored: &Scored, katas: &[&KataRecord], totals: &mut Totals) -> Payload {
    let scores = totals.scores(scored);
    let tests = scored.rows.iter().zip(scores);
    let tests: Vec<_> = tests.map(|(row, score)| test(row, score, katas)).collect();
    let any = |status| tests.iter().any(|test| test.status == status);
    Payload {
        version: 1,
        status: if any("error") {
            "error"
        } else if any("fail") {
            "fail"
        } else {
            "pass"
        },
        max_score: scored.most,
        tests,
    }
}

fn test(row: &Row, score: f64, katas: &[&KataRecord]) -> Test {
    let kata = katas.iter().find(|kata| kata.kata == row.kata);
    let error = kata.and_then(|kata| kata.errors.first());
    Test {
        name: row.name.clone(),
        status: match row.outcome {
            TestStatus::Passed => "pass",
            TestStatus::Failed | TestStatus::Skipped => "fail",
            TestStatus::Unjudged => "error",
        },
        score,
        message: clipped(&row.said, MESSAGE).into_owned(),
        test_code: "",
        filename: kata.map(|kata| file(kata)).unwrap_or_default(),
        line_no: error.map_or(0, |error| error.line),
        duration: row.took.unwrap_or(0),
    }
}

/// Returns one payload for all katas, if possible: when each test of every kata is always worth the same.
fn together(record: &Record, katas: &[KataRecord]) -> Option<Payload> {
    let mut all = Scored {
        rows: Vec::new(),
        most: 0,
    };
    if let [kata] = katas {
        all = scored(record, kata);
    } else {
        let first = katas
            .first()
            .map(|kata| (kata.points.most, parts(record, kata)));
        for kata in katas {
            let (most, parts) = (kata.points.most, parts(record, kata));
            let (most_of_first, parts_of_first) = first?;
            if u64::from(most) * parts_of_first as u64 != u64::from(most_of_first) * parts as u64 {
                return None;
            }
            all.rows.extend(repeated(record, kata, parts)?);
            all.most = all.most.saturating_add(most);
        }
    }
    if all.rows.is_empty() {
        all.rows.push(Row::nothing(&nothing(record)));
    }
    let katas: Vec<_> = katas.iter().collect();
    Some(payload(&all, &katas, &mut Totals::default()))
}

/// Returns this number of tests for a kata; the single test of a kata without partial credit is repeated.
fn repeated<'a>(record: &Record, kata: &'a KataRecord, parts: usize) -> Option<Vec<Row<'a>>> {
    let scored = scored(record, kata);
    if scored.rows.len() == parts {
        return Some(scored.rows);
    }
    let [whole] = &scored.rows[..] else {
        return None;
    };
    let part = |number: usize| {
        let mut row = whole.clone();
        row.name = format!("{}, part {number} of {parts}", row.name);
        row.took = row.took.filter(|_| number == 1);
        row
    };
    Some((1..=parts).map(part).collect())
}

/// Explains why no kata was judged.
fn nothing(record: &Record) -> String {
    let mut problems = record.submissions.iter().flat_map(|one| &one.problems);
    let problem = problems.next().map(|problem| one_line(problem));
    problem.unwrap_or_else(|| "There was no kata to judge.".to_owned())
}

fn line(name: &str, mut payload: Payload) -> String {
    let encoded = |payload: &Payload| {
        BASE64.encode(&serde_json::to_vec(payload).expect("plain fields always have a JSON form"))
    };
    let mut value = encoded(&payload);
    if value.len() > OUTPUT {
        let tests = payload.tests.iter_mut();
        tests.for_each(|test| test.message.clear());
        value = encoded(&payload);
    }
    let name: String = name
        .chars()
        .filter(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-'))
        .collect();
    format!("{name}={value}\n")
}
