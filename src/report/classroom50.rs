//! `classroom50`: `result.json` of Classroom 50, and the text of its release.
//!
//! `--report classroom50` calls it. Its scores are whole numbers. If a share of a kata's points is not whole, every
//! score of the course is multiplied by the same factor, which depends on the course and not on the answers, so
//! students can be compared and the fraction is exact. The factor is in each test and in the text of the release.

use serde::Serialize;

use super::rows::{Scored, TestStatus, parts, scored};
use super::text::{json, one_line, points};
use super::{Format, Renderer, Surroundings, markdown};
use crate::record::{Cause, KataRecord, Record};
use crate::spec::CaseKind;

/// Its name, as a person types it.
pub const NAME: &str = "classroom50";

/// The result of one submission.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classroom50;

/// The maximum size of a release's text in bytes; GitHub counts characters, which are never more.
const RELEASE: usize = 125_000;

/// The largest integer that every JSON reader represents exactly.
const GREATEST: u64 = 1 << 53;

/// The factor to use if no factor keeps the scores exact and below [`GREATEST`].
const ROUNDED: u64 = 1000;

impl Format for Classroom50 {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "`result.json` of Classroom 50"
    }

    fn renderer(&self) -> Renderer {
        Renderer::One(result)
    }
}

fn result(record: &Record, place: &Surroundings) -> Vec<u8> {
    let katas = record.submissions.first().map_or(&[][..], |one| &one.katas);
    let factor = factor(record, katas);
    let tests: Vec<_> = katas
        .iter()
        .flat_map(|kata| tests(record, kata, factor))
        .collect();
    let result = Result {
        schema: "classroom50/result/v1",
        classroom: &place.classroom,
        assignment: &place.assignment,
        assignment_type: &place.assignment_type,
        owner: &place.owner,
        submission: &place.submission,
        commit: &place.commit,
        release: &place.release,
        review: &place.review,
        datetime: &place.graded_at,
        score: tests.iter().map(|test| test.score).sum(),
        max_score: tests.iter().map(|test| test.max_score).sum(),
        tests,
    };
    json(&result)
}

/// Writes the text of the release, `release-body.md`.
#[must_use]
pub fn release_body(record: &Record) -> Vec<u8> {
    let record = &*record.for_students();
    let katas = record.submissions.first().map_or(&[][..], |one| &one.katas);
    let factor = factor(record, katas);
    let mut note = String::new();
    if let (true, Some(submission)) = (factor.times() != 1, record.submissions.first()) {
        let of_points = points(submission.points());
        let tests = katas.iter().flat_map(|kata| tests(record, kata, factor));
        let (score, most) = tests.fold((0, 0), |(score, most), test| {
            (score + test.score, most + test.max_score)
        });
        note = format!(
            "\nClassroom 50 counts in whole numbers, so its scores are the points times {}: {score} of {most} there is {of_points} here.\n",
            factor.times(),
        );
    }
    let mut body = markdown::within(record, RELEASE - note.len());
    body.push_str(&note);
    body.into_bytes()
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Result<'a> {
    schema: &'static str,
    classroom: &'a str,
    assignment: &'a str,
    #[serde(rename = "assignment_type")]
    assignment_type: &'a str,
    owner: &'a str,
    submission: &'a str,
    commit: &'a str,
    release: &'a str,
    review: &'a str,
    datetime: &'a str,
    score: u64,
    max_score: u64,
    tests: Vec<Test<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Test<'a> {
    test_name: String,
    passed: bool,
    score: u64,
    max_score: u64,
    kata: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<CaseKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points_factor: Option<u64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    #[serde(skip_serializing_if = "<[Cause]>::is_empty")]
    causes: &'a [Cause],
}

/// How points become whole numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Factor {
    /// Every part of every kata is a whole number.
    Exact(u64),
    /// No such factor is small enough: each kata has one rounded score.
    Rounded,
}

impl Factor {
    fn times(self) -> u64 {
        match self {
            Self::Exact(times) => times,
            Self::Rounded => ROUNDED,
        }
    }
}

/// Returns the smallest factor by which a part of each kata is a whole number.
fn factor(record: &Record, katas: &[KataRecord]) -> Factor {
    let each = katas.iter().map(|kata| {
        let parts = parts(record, kata) as u64;
        parts / greatest_divisor(parts, u64::from(kata.points.most))
    });
    let least = each.into_iter().try_fold(1_u64, |all, one| {
        (all / greatest_divisor(all, one)).checked_mul(one)
    });
    let most: u64 = katas.iter().map(|kata| u64::from(kata.points.most)).sum();
    let fits = |times: &u64| {
        times
            .checked_mul(most.max(1))
            .is_some_and(|sum| sum <= GREATEST)
    };
    least.filter(fits).map_or(Factor::Rounded, Factor::Exact)
}

fn greatest_divisor(one: u64, other: u64) -> u64 {
    if other == 0 {
        one
    } else {
        greatest_divisor(other, one % other)
    }
}

fn tests<'a>(record: &Record, kata: &'a KataRecord, factor: Factor) -> Vec<Test<'a>> {
    let times = factor.times();
    let whole = u64::from(kata.points.most) * times;
    if factor == Factor::Rounded {
        let given = (kata.points.given * times as f64).round() as u64;
        let score = given.min(whole);
        let passed = kata.status == crate::record::Status::Passed;
        return vec![test(kata, &kata.kata, passed, (score, whole), times)];
    }
    let Scored { rows, .. } = scored(record, kata);
    let each = whole / rows.len() as u64;
    let first = rows
        .iter()
        .position(|row| row.outcome != TestStatus::Passed);
    let tests = rows.into_iter().enumerate().map(|(index, row)| {
        let passed = row.outcome == TestStatus::Passed;
        let score = if passed { each } else { 0 };
        Test {
            kind: row.case.map(|case| case.kind),
            message: row.said,
            causes: if Some(index) == first {
                &kata.causes
            } else {
                &[]
            },
            ..test(kata, &row.name, passed, (score, each), times)
        }
    });
    tests.collect()
}

fn test<'a>(
    kata: &'a KataRecord,
    name: &str,
    passed: bool,
    score: (u64, u64),
    times: u64,
) -> Test<'a> {
    Test {
        test_name: name.to_owned(),
        passed,
        score: score.0,
        max_score: score.1,
        kata: &kata.kata,
        kind: None,
        points_factor: (times != 1).then_some(times),
        message: if passed {
            String::new()
        } else {
            one_line(&kata.headline)
        },
        causes: if passed { &[] } else { &kata.causes },
    }
}
