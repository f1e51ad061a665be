//! `prairielearn`: `/grade/results/results.json` of an external grader.
//!
//! `--report prairielearn` calls it. A kata that was not judged makes the submission ungradable, so that it costs the
//! student no attempt. PrairieLearn accepts at most a megabyte, so every text is bounded.

use serde::Serialize;

use super::rows::{TestStatus, scored};
use super::text::{clipped, json, one_line, points};
use super::{Format, Renderer};
use crate::printable;
use crate::record::{Points, Record, Status};
use crate::words::plural;

/// The results of one submission.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prairielearn;

/// The maximum number of characters of a screen.
const SCREEN: usize = 6000;
/// The maximum number of characters of a message.
const MESSAGE: usize = 300;

impl Format for Prairielearn {
    fn name(&self) -> &'static str {
        "prairielearn"
    }

    fn about(&self) -> &'static str {
        "`results.json` of PrairieLearn's external graders"
    }

    fn renderer(&self) -> Renderer {
        Renderer::One(|record, _| results(record))
    }
}

fn results(record: &Record) -> Vec<u8> {
    let katas = record.submissions.first().map_or(&[][..], |one| &one.katas);
    let total: Points = katas.iter().map(|kata| kata.points).sum();
    let mut tests = Vec::new();
    let (mut sum, mut so_far) = (0.0, 0.0);
    for kata in katas {
        let scored = scored(record, kata);
        so_far += kata.points.given;
        let scores = scored.scores(&mut sum, so_far);
        let missed = |outcome| outcome != TestStatus::Passed;
        let first = scored.rows.iter().position(|row| missed(row.outcome));
        let rows = scored.rows.iter().zip(scores).enumerate();
        tests.extend(rows.map(|(index, (row, score))| Test {
            name: row.name.clone(),
            points: score,
            max_points: scored.worth().max(score),
            message: clipped(&row.said, MESSAGE).into_owned(),
            output: if Some(index) == first {
                clipped(&printable::lines(&kata.screen), SCREEN).into_owned()
            } else {
                String::new()
            },
        }));
    }
    let unjudged = katas.iter().filter(|kata| kata.status == Status::Unjudged);
    let unjudged: Vec<_> = unjudged.map(|kata| kata.kata.as_str()).collect();
    let gradable = unjudged.is_empty() && !katas.is_empty();
    let problems = record.submissions.iter().flat_map(|one| &one.problems);
    let problems: Vec<_> = problems.map(|problem| one_line(problem)).collect();
    let results = Results {
        gradable,
        score: total.fraction().clamp(0.0, 1.0),
        message: if gradable {
            format!(
                "{} points for {}.",
                points(total),
                plural(katas.len(), "kata")
            )
        } else if katas.is_empty() {
            "There was no kata to judge.".to_owned()
        } else {
            format!(
                "Not judged, through no fault of the answer: {}.",
                unjudged.join(", ")
            )
        },
        output: clipped(&problems.join("\n"), SCREEN).into_owned(),
        tests,
    };
    json(&results)
}

#[derive(Serialize)]
struct Results {
    gradable: bool,
    score: f64,
    message: String,
    output: String,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    points: f64,
    max_points: f64,
    message: String,
    output: String,
}
