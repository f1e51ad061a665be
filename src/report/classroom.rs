//! `classroom`: what a grader step of GitHub Actions appends to `$GITHUB_OUTPUT`, for `autograding-grading-reporter`.
//!
//! `--report classroom` calls it. Each kata is a runner of its own: an output named by its id. The reporter adds points up in
//! two ways: its table by the share of passed tests, its notice by the sum of their scores. Here both give the record's
//! points, to the last bit when the runners are listed in the course's order. `message` is printed by the reporter for
//! errors only, so a step also shows [`annotations`] and [`summary`]. It writes to none of these places itself.

use serde::Serialize;

pub use super::annotations::annotations;
use super::rows::{Outcome, Row, Scored, parts, scored};
use super::text::{base64, file, one_line};
use super::{Format, markdown};
use crate::record::{KataRecord, Record};

/// The lines for `$GITHUB_OUTPUT`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classroom;

/// The most bytes that GitHub shows of a step's summary; of a longer one it shows nothing.
const SUMMARY: usize = 1024 * 1024;

impl Format for Classroom {
    fn name(&self) -> &'static str {
        "classroom"
    }

    fn about(&self) -> &'static str {
        "outputs of a GitHub Actions step, for `autograding-grading-reporter`"
    }

    fn holds_class(&self) -> bool {
        false
    }

    fn render(&self, record: &Record) -> Vec<u8> {
        let katas = record.submissions.first().map_or(&[][..], |one| &one.katas);
        let mut totals = Totals::default();
        let mut lines = String::new();
        for kata in katas {
            let payload = payload(&scored(record, kata), &[kata], &mut totals);
            lines.push_str(&line(&kata.kata, &payload));
        }
        if let Some(payload) = together(record, katas) {
            lines.push_str(&line("result", &payload));
        }
        lines.into_bytes()
    }
}

/// Writes what to append to `$GITHUB_STEP_SUMMARY`: the `markdown` report, as much of it as GitHub shows.
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

/// What the reporter's two ways of adding up have come to.
#[derive(Default)]
struct Totals {
    /// By the share of passed tests, runner by runner.
    table: f64,
    /// By the scores, test by test.
    notice: f64,
}

impl Totals {
    /// Gives the scores of a runner's tests: each the same, but for the last bits of the last one.
    fn scores(&mut self, scored: &Scored) -> Vec<f64> {
        let passed = scored.passed();
        self.table += passed as f64 / scored.rows.len() as f64 * f64::from(scored.most);
        let mut left = passed;
        let rows = scored.rows.iter().map(|row| row.outcome);
        rows.map(|outcome| {
            if outcome != Outcome::Passed {
                return 0.0;
            }
            left -= 1;
            let score = if left == 0 {
                difference(self.table, self.notice)
            } else {
                scored.worth()
            };
            self.notice += score;
            score
        })
        .collect()
    }
}

/// Gives what must be added to `from` so that the sum, rounded, is `to`.
fn difference(to: f64, from: f64) -> f64 {
    let near = to - from;
    let tries = [near, near.next_up(), near.next_down()];
    let exact = tries.into_iter().find(|score| from + score == to);
    exact.unwrap_or(near)
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
            Outcome::Passed => "pass",
            Outcome::Failed | Outcome::Skipped => "fail",
            Outcome::Unjudged => "error",
        },
        score,
        message: row.said.clone(),
        test_code: "",
        filename: kata.map(|kata| file(kata)).unwrap_or_default(),
        line_no: error.map_or(0, |error| error.line),
        duration: row.took.unwrap_or(0),
    }
}

/// Gives one payload for all katas, where one can be: when each test of every kata is worth the same, whatever comes of it.
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
            all.most += most;
        }
    }
    if all.rows.is_empty() {
        all.rows.push(Row::nothing(&nothing(record)));
    }
    let katas: Vec<_> = katas.iter().collect();
    Some(payload(&all, &katas, &mut Totals::default()))
}

/// Gives a kata's tests in this number; a kata that earns all or nothing is repeated as often as it has parts.
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

/// Says why no kata was judged.
fn nothing(record: &Record) -> String {
    let mut problems = record.submissions.iter().flat_map(|one| &one.problems);
    let problem = problems.next().map(|problem| one_line(problem));
    problem.unwrap_or_else(|| "There was no kata to judge.".to_owned())
}

fn line(name: &str, payload: &Payload) -> String {
    // Plain fields always have a JSON form, and no score is infinite.
    let json = serde_json::to_vec(payload).unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-'))
        .collect();
    format!("{name}={}\n", base64(&json))
}
