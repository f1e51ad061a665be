//! `junit`: the XML that CI services read, in Jenkins's dialect.
//!
//! `--report junit` calls it. A suite holds one kata of one submission; a class has a suite for each. A hidden or
//! sealed case shows no more than the record does.

use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::rows::{Row, TestStatus, read};
use super::text::{label, one_line};
use super::{Format, Renderer};
use crate::printable;
use crate::record::{AnyRecord, CaseStatus, KataRecord, Record, Status, Submission, shown};

/// The suites.
#[derive(Clone, Copy, Debug)]
pub(super) struct Junit;

impl Format for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> &'static str {
        "JUnit XML, for CI services"
    }

    fn renderer(&self) -> Renderer {
        Renderer::Class(Self::write)
    }
}

impl Junit {
    /// The root element contains the number of tests, so there are two passes over the submissions.
    fn write(record: &AnyRecord, out: &mut dyn Write) -> io::Result<()> {
        let mut all = Report::new(one_line(&record.course.title));
        let mut took = None;
        for place in 0..record.submissions.count() {
            let alone = record.alone(place)?;
            for kata in alone.submissions.iter().flat_map(|one| &one.katas) {
                took = kata
                    .took
                    .map(|one| took.unwrap_or(0_u64).saturating_add(one))
                    .or(took);
            }
            let one = suites(&alone.for_students());
            all.tests += one.tests;
            all.skipped += one.skipped;
            all.failures += one.failures;
            all.errors += one.errors;
        }
        if let Some(took) = took {
            all.set_time(Duration::from_millis(took));
        }
        let (head, _) = cut(&all)?;
        out.write_all(head.as_bytes())?;
        for place in 0..record.submissions.count() {
            let (_, inside) = cut(&suites(&record.alone(place)?.for_students()))?;
            out.write_all(inside.as_bytes())?;
        }
        out.write_all(END.as_bytes())
    }
}

/// The end of a report.
const END: &str = "\n</testsuites>\n";

/// Renders a report, and splits it: its first two lines, and the suites without [`END`].
fn cut(report: &Report) -> io::Result<(String, String)> {
    let mut head = report.to_string().map_err(io::Error::other)?;
    let lines = head.match_indices('\n').nth(1);
    let mut inside = head.split_off(lines.map_or(head.len(), |(end, _)| end));
    inside.truncate(inside.len().saturating_sub(END.len()));
    Ok((head, inside))
}

/// The suites of the record's only submission.
fn suites(record: &Record) -> Report {
    let mut report = Report::new("");
    for submission in &record.submissions {
        for kata in &submission.katas {
            report.add_test_suite(suite(record, submission, kata));
        }
        if !submission.problems.is_empty() {
            report.add_test_suite(problems(submission));
        }
    }
    report
}

/// The name of a kata's suite: with the submission's name if there is one.
fn name(submission: &Submission, kata: &str) -> String {
    if submission.id.is_empty() {
        kata.to_owned()
    } else {
        format!("{}/{kata}", one_line(&submission.id))
    }
}

fn suite(record: &Record, submission: &Submission, kata: &KataRecord) -> TestSuite {
    let name = name(submission, &kata.kata);
    let mut suite = TestSuite::new(&name);
    let about = record
        .course
        .katas
        .iter()
        .find(|about| about.id == kata.kata);
    let mut property = |name: &str, value: &str| {
        suite.add_property((name, one_line(value).as_str()));
    };
    property("points", &shown(kata.points.given));
    property("max", &kata.points.most.to_string());
    property("digest", about.map_or("", |about| &about.digest));
    if let Some(answer) = &kata.answer {
        property("answer", &answer.digest);
    }
    if !submission.id.is_empty() {
        property("student", &label(submission));
    }
    if let Some(took) = kata.took {
        suite.set_time(Duration::from_millis(took));
    }
    let rows = read(kata);
    let first = rows
        .iter()
        .position(|row| row.outcome == TestStatus::Failed);
    for (index, row) in rows.iter().enumerate() {
        suite.add_test_case(case(kata, row, &name, Some(index) == first));
    }
    suite
}

/// A suite for the problems of a submission as a whole.
fn problems(submission: &Submission) -> TestSuite {
    let name = name(submission, "submission");
    let mut suite = TestSuite::new(&name);
    for (index, problem) in submission.problems.iter().enumerate() {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(one_line(problem)).set_type("problem");
        let mut case = TestCase::new(format!("problem {}", index + 1), status);
        case.set_classname(&name);
        suite.add_test_case(case);
    }
    suite
}

fn case(kata: &KataRecord, row: &Row, class: &str, is_first: bool) -> TestCase {
    let mut status = match row.outcome {
        TestStatus::Passed => TestCaseStatus::success(),
        TestStatus::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        TestStatus::Unjudged => TestCaseStatus::non_success(NonSuccessKind::Error),
        TestStatus::Skipped => TestCaseStatus::skipped(),
    };
    if row.outcome != TestStatus::Passed {
        status.set_message(&row.said).set_type(kind(kata, row));
        let description = description(kata, row, is_first);
        if !description.is_empty() {
            status.set_description(description);
        }
    }
    // The `classname` is the kata's name.
    let own = row.name.strip_prefix(&format!("{}: ", kata.kata));
    let mut case = TestCase::new(own.unwrap_or(&row.name), status);
    case.set_classname(class);
    if let Some(took) = row.took {
        case.set_time(Duration::from_millis(took));
    }
    let printed = row
        .case
        .map(|case| printable::lines(&case.printed))
        .unwrap_or_default();
    if !printed.is_empty() {
        case.set_system_out(printed);
    }
    case
}

/// The type of a failure, in one word.
fn kind(kata: &KataRecord, row: &Row) -> &'static str {
    match (row.case.map(|case| case.status), kata.status) {
        (Some(CaseStatus::Differs), _) => "differs",
        (Some(CaseStatus::Failed), _) => "failed",
        (Some(CaseStatus::Waits), _) => "not run",
        (Some(CaseStatus::Open), _) => "sealed",
        (Some(CaseStatus::Passed), _) | (None, Status::Passed) => "passed",
        (None, Status::Failed) => "as a whole",
        (None, Status::Refused) => "refused",
        (None, Status::Missing) => "missing",
        (None, Status::Unjudged) => "not judged",
    }
}

/// The body of a failure: the causes at the first failed test, and the compiler's errors.
fn description(kata: &KataRecord, row: &Row, is_first: bool) -> String {
    let mut lines = Vec::new();
    if is_first {
        let causes = kata.causes.iter();
        lines.extend(
            causes.map(|cause| format!("{} {}", one_line(&cause.lead), one_line(&cause.text))),
        );
    }
    if row.case.is_none() {
        let errors = kata.errors.iter();
        lines.extend(errors.map(|error| {
            let (text, code) = (one_line(&error.text), one_line(&error.code));
            match (error.line, code.as_str()) {
                (0, "") => format!("error: {text}"),
                (0, code) => format!("error[{code}]: {text}"),
                (line, "") => format!("line {line}: error: {text}"),
                (line, code) => format!("line {line}: error[{code}]: {text}"),
            }
        }));
    }
    lines.join("\n")
}
