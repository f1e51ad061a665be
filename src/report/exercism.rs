//! `exercism`: `results.json` of Exercism's test runners, version 3.
//!
//! `--report exercism` calls it. The katas of a course are the tasks of an exercise, in order. The status `error`
//! means that no case of any kata was run; then the message must contain everything.

use serde::Serialize;

use super::rows::{Row, TestStatus, read};
use super::text::{cause, clipped, json, one_line};
use super::{Format, Renderer};
use crate::printable;
use crate::record::{KataRecord, Record, Status};
use crate::spec::CaseKind;

/// The results of one submission.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exercism;

/// The maximum length of a message, in bytes and in characters.
const MESSAGE: usize = 65_535;
/// The maximum number of characters of what a test printed.
const OUTPUT: usize = 500;

impl Format for Exercism {
    fn name(&self) -> &'static str {
        "exercism"
    }

    fn about(&self) -> &'static str {
        "`results.json` of an Exercism test runner, version 3"
    }

    fn renderer(&self) -> Renderer {
        Renderer::One(|record, _| results(record))
    }
}

fn results(record: &Record) -> Vec<u8> {
    let katas = record.submissions.first().map_or(&[][..], |one| &one.katas);
    let ran = katas
        .iter()
        .any(|kata| !kata.cases.is_empty() || kata.status == Status::Passed);
    let results = if ran {
        let tests = katas.iter().zip(1..);
        let tests: Vec<_> = tests.flat_map(|(kata, task)| of_kata(kata, task)).collect();
        let passed = tests.iter().all(|test| test.status == "pass");
        Results {
            version: 3,
            status: if passed { "pass" } else { "fail" },
            message: None,
            tests,
        }
    } else {
        Results {
            version: 3,
            status: "error",
            message: Some(message(record, katas)),
            tests: Vec::new(),
        }
    };
    json(&results)
}

#[derive(Serialize)]
struct Results {
    version: u8,
    status: &'static str,
    message: Option<String>,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    message: Option<String>,
    output: Option<String>,
    test_code: String,
    task_id: usize,
}

/// Lists the tests of a kata. The first that did not pass says the cause as well, as the learner's own screen does.
fn of_kata(kata: &KataRecord, task_id: usize) -> Vec<Test> {
    let mut rows = read(kata);
    rows.retain(|row| row.outcome != TestStatus::Skipped);
    let first = rows
        .iter()
        .position(|row| row.outcome == TestStatus::Failed);
    let why = cause(kata);
    let rows = rows.iter().enumerate();
    let tests = rows.map(|(index, row)| {
        let why = if Some(index) == first {
            why.as_str()
        } else {
            ""
        };
        test(kata, row, why, task_id)
    });
    tests.collect()
}

/// `why` is appended to the message, after the separator.
fn test(kata: &KataRecord, row: &Row, why: &str, task_id: usize) -> Test {
    let status = match (row.outcome, kata.status) {
        (TestStatus::Passed, _) => "pass",
        (TestStatus::Failed | TestStatus::Skipped, Status::Failed | Status::Passed) => "fail",
        (TestStatus::Failed | TestStatus::Skipped | TestStatus::Unjudged, _) => "error",
    };
    let said = if row.case.is_none() && !kata.errors.is_empty() {
        printable::lines(&kata.screen).into_owned()
    } else {
        format!("{}{why}", row.said)
    };
    let printed = row.case.map(|case| printable::lines(&case.printed));
    let printed = printed.filter(|printed| !printed.trim().is_empty());
    let shown = row.case.filter(|case| case.kind == CaseKind::Shown);
    let test_code = shown.map_or_else(
        || format!("katas run {}", kata.kata),
        |case| format!("katas run {} --case {}", kata.kata, case.number),
    );
    Test {
        name: row.name.clone(),
        status,
        message: (status != "pass").then(|| bounded(&said)),
        output: printed.map(|printed| clipped(&printed, OUTPUT).into_owned()),
        test_code,
        task_id,
    }
}

/// Explains why nothing was run: the screens.
fn message(record: &Record, katas: &[KataRecord]) -> String {
    let screens = katas.iter().map(|kata| {
        let screen = printable::lines(&kata.screen);
        if screen.trim().is_empty() {
            format!("{}: {}", kata.kata, one_line(&kata.headline))
        } else {
            screen.trim_end().to_owned()
        }
    });
    let problems = record.submissions.iter().flat_map(|one| &one.problems);
    let all: Vec<_> = problems
        .map(|problem| one_line(problem))
        .chain(screens)
        .collect();
    if all.is_empty() {
        "There was no kata to judge.".to_owned()
    } else {
        bounded(&all.join("\n\n"))
    }
}

/// Keeps a message within the limit, in bytes and so in characters.
fn bounded(text: &str) -> String {
    if text.len() <= MESSAGE {
        return text.to_owned();
    }
    let sign = "\n[…]";
    let mut end = MESSAGE - sign.len();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{sign}", &text[..end])
}
