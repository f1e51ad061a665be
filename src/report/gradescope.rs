//! `gradescope`: `/autograder/results/results.json`.
//!
//! `--report gradescope` calls it. All output is `text`, which Gradescope shows verbatim: nothing a student prints
//! becomes HTML or Markdown, and the screens keep their columns. Every test is visible, because an invisible one
//! hides the total from the student; a hidden case shows no more than the record does.

use serde::Serialize;

use super::rows::{Row, Scored, TestStatus, scored};
use super::text::{json, one_line, points, word};
use super::{Format, Renderer};
use crate::printable;
use crate::record::{KataRecord, Record};
use crate::spec::CaseKind;
use crate::words::plural;

/// The results of one submission.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gradescope;

impl Format for Gradescope {
    fn name(&self) -> &'static str {
        "gradescope"
    }

    fn about(&self) -> &'static str {
        "`results.json` of Gradescope"
    }

    fn renderer(&self) -> Renderer {
        Renderer::One(|record, _| results(record))
    }
}

fn results(record: &Record) -> Vec<u8> {
    let katas = record.submissions.first().map_or(&[][..], |one| &one.katas);
    let mut tests = Vec::new();
    let (mut score, mut total) = (0.0, 0.0);
    for (index, kata) in katas.iter().enumerate() {
        let scored = scored(record, kata);
        total += kata.points.given;
        let scores = scored.scores(&mut score, total);
        tests.extend(of_kata(kata, &scored, &scores, index + 1));
    }
    let took: Option<u64> = katas.iter().map(|kata| kata.took).sum();
    let results = Results {
        score,
        execution_time: took
            .filter(|_| !katas.is_empty())
            .map(|took| took as f64 / 1000.0),
        output: output(record),
        output_format: "text",
        test_output_format: "text",
        test_name_format: "text",
        visibility: "visible",
        stdout_visibility: "hidden",
        extra_data: Extra {
            course: &record.course.title,
            katas: &record.judge.katas,
            toolchain: record.judge.tools_listed(),
        },
        tests,
    };
    json(&results)
}

#[derive(Serialize)]
struct Results<'a> {
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_time: Option<f64>,
    output: String,
    output_format: &'static str,
    test_output_format: &'static str,
    test_name_format: &'static str,
    visibility: &'static str,
    stdout_visibility: &'static str,
    extra_data: Extra<'a>,
    tests: Vec<Test<'a>>,
}

#[derive(Serialize)]
struct Extra<'a> {
    course: &'a str,
    katas: &'a str,
    toolchain: String,
}

#[derive(Serialize)]
struct Test<'a> {
    score: f64,
    max_score: f64,
    status: &'static str,
    name: String,
    name_format: &'static str,
    number: String,
    output: String,
    output_format: &'static str,
    tags: Vec<&'a str>,
    visibility: &'static str,
}

fn of_kata<'a>(
    kata: &KataRecord,
    scored: &Scored<'a>,
    scores: &[f64],
    place: usize,
) -> Vec<Test<'a>> {
    let missed = |row: &Row| row.outcome != TestStatus::Passed;
    let first = scored.rows.iter().position(missed);
    let rows = scored.rows.iter().zip(scores).enumerate();
    let tests = rows.map(|(index, (row, score))| Test {
        score: *score,
        // The last bits of the scores can differ.
        max_score: scored.worth().max(*score),
        status: if missed(row) { "failed" } else { "passed" },
        name: row.name.clone(),
        name_format: "text",
        number: format!("{place}.{}", index + 1),
        output: if Some(index) == first {
            screen(kata)
        } else {
            said(row)
        },
        output_format: "text",
        tags: tags(row),
        visibility: "visible",
    });
    tests.collect()
}

/// The learner's screen, shown at the first case that did not pass.
fn screen(kata: &KataRecord) -> String {
    let screen = printable::lines(&kata.screen);
    if screen.trim().is_empty() {
        one_line(&kata.headline)
    } else {
        screen.trim_end().to_owned()
    }
}

fn said(row: &Row) -> String {
    let printed = row
        .case
        .map(|case| printable::lines(&case.printed))
        .unwrap_or_default();
    let mut text = row.said.clone();
    if !printed.trim().is_empty() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str("It printed:\n");
        text.push_str(printed.trim_end());
    }
    text
}

fn tags<'a>(row: &Row<'a>) -> Vec<&'a str> {
    let kind = row.case.map(|case| match case.kind {
        CaseKind::Shown => "shown",
        CaseKind::Hidden => "hidden",
        CaseKind::Sealed => "sealed",
    });
    std::iter::once(row.kata).chain(kind).collect()
}

/// A line for each kata, for the head of the page.
fn output(record: &Record) -> String {
    let Some(submission) = record.submissions.first() else {
        return "There was no submission to judge.\n".to_owned();
    };
    let mut lines = vec![format!(
        "{} points for {}.",
        points(submission.points()),
        plural(submission.katas.len(), "kata")
    )];
    for kata in &submission.katas {
        let word = word(kata.status);
        lines.push(format!(
            "{}: {word}, {} points",
            kata.kata,
            points(kata.points)
        ));
    }
    lines.extend(submission.problems.iter().map(|problem| one_line(problem)));
    if let Some(first) = record.judge.not_confined.first() {
        lines.push(format!(
            "The answers were not confined: {}.",
            one_line(first)
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}
