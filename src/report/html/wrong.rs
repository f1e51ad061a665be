//! Answers without an explanation: wrong outputs that several students share, and compiler errors.

use std::io::Result;

use serde::Serialize;

use super::class::{Class, stop};
use super::groups::{Groups, Sort, Who};
use super::same::{Alike, Same};
use super::words::{clipped, quoted, visible};
use crate::record::{Cause, KataRecord};
use crate::words::plural;

/// The maximum number of groups of a kata that are shown with a source.
const MOST: usize = 10;
/// The maximum number of errors of a kata that are listed.
const MOST_ERRORS: usize = 50;

/// The unexplained wrong answers to one kata.
#[derive(Serialize)]
pub(super) struct Unexplained {
    kata: String,
    title: String,
    groups: Vec<Wrong>,
    /// Students whose output is unique, and groups beyond the limit.
    rest: Option<Who>,
}

#[derive(Serialize)]
struct Wrong {
    headline: String,
    /// A likely explanation.
    likely: String,
    said: String,
    first: String,
    source: String,
    command: String,
    who: Who,
}

impl Unexplained {
    /// Creates the groups.
    pub(super) fn of(
        class: &Class<'_>,
        kata: usize,
        gave: Alike,
        groups: &mut Groups,
    ) -> Result<Option<Self>> {
        let about = &class.record.course.katas[kata];
        let (same, rest) = gave.commonest(MOST, 2);
        if same.is_empty() && rest.is_empty() {
            return Ok(None);
        }
        let same = same.into_iter();
        let same = same.map(|same| wrong(class, kata, same.members, groups));
        Ok(Some(Self {
            kata: about.id.clone(),
            title: about.title.clone(),
            groups: same.collect::<Result<_>>()?,
            rest: others(class, kata, rest, "a less frequent wrong output", groups),
        }))
    }

    /// Adds a wrong answer to its group, unless it has a certain explanation.
    pub(super) fn add(gave: &mut Alike, student: u32, cell: &KataRecord) {
        if !cell.causes.iter().any(|cause| cause.certain) {
            gave.add(student, 0, &outcome(cell));
        }
    }
}

/// The group of the remaining students, if there are any.
fn others(
    class: &Class<'_>,
    kata: usize,
    rest: Vec<u32>,
    title: &str,
    groups: &mut Groups,
) -> Option<Who> {
    let any = !rest.is_empty();
    any.then(|| groups.add(kata, title.to_owned(), Sort::Other, rest, &class.labels))
}

/// The key of a wrong answer: the digest of its outputs, or where and how it stopped.
fn outcome(cell: &KataRecord) -> String {
    match &cell.outputs {
        Some(digest) => format!("outputs {digest}"),
        None => format!("{:?} {}", stop(cell), said(cell)),
    }
}

/// The sentence about the first case that an answer failed.
fn said(cell: &KataRecord) -> String {
    let Some(case) = stop(cell).and_then(|place| cell.cases.get(place)) else {
        return "Every case is right.".to_owned();
    };
    visible(&format!(
        "Case {}, {}: {}",
        case.number, case.name, case.said
    ))
}

fn wrong(class: &Class<'_>, kata: usize, members: Vec<u32>, groups: &mut Groups) -> Result<Wrong> {
    let about = &class.record.course.katas[kata];
    let student = members[0] as usize;
    let cell = class.read(student, kata)?;
    let what = if cell.outputs.is_some() {
        "gave the same wrong output"
    } else {
        "stopped in the same way"
    };
    let answer = cell.answer.as_ref();
    let source = answer.and_then(|answer| answer.source.as_deref());
    Ok(Wrong {
        headline: format!("{} {what}", plural(members.len(), "student")),
        likely: cell.causes.first().map_or_else(String::new, told),
        said: said(&cell),
        first: class.labels[student].clone(),
        source: visible(&clipped(source.unwrap_or_default(), 10_000)),
        command: format!(
            // Answers inside zips and exports have no path.
            "katas author pitfall {} --name NAME --from-record class.json --student {}",
            quoted(&about.id),
            quoted(&class.record.submissions.person(student)?.id)
        ),
        who: groups.add(kata, what.to_owned(), Sort::Other, members, &class.labels),
    })
}

fn told(cause: &Cause) -> String {
    format!("{} {}", cause.lead, cause.text)
}

/// The errors of one kata.
#[derive(Serialize)]
pub(super) struct Errors {
    kata: String,
    title: String,
    errors: Vec<Listed>,
    /// Students with errors beyond the limit.
    rest: Option<Who>,
}

#[derive(Serialize)]
struct Listed {
    code: String,
    text: String,
    who: Who,
}

impl Errors {
    /// Lists the errors of answers that do not compile, or the other reasons why they were not run.
    pub(super) fn of(
        class: &Class<'_>,
        kata: usize,
        had: Alike,
        groups: &mut Groups,
    ) -> Result<Option<Self>> {
        let about = &class.record.course.katas[kata];
        let (same, rest) = had.commonest(MOST_ERRORS, 1);
        let mut found = Vec::new();
        for Same { members, place } in same {
            let cell = class.read(members[0] as usize, kata)?;
            let error = cell.errors.get(place as usize);
            let (code, text) =
                error.map_or(("", &cell.headline), |error| (&error.code, &error.text));
            found.push((code.to_owned(), visible(text), members));
        }
        found.sort_by(|one, other| {
            let by_number = other.2.len().cmp(&one.2.len());
            by_number.then_with(|| (&one.0, &one.1).cmp(&(&other.0, &other.1)))
        });
        if found.is_empty() {
            return Ok(None);
        }
        let errors = found.into_iter().map(|(code, text, members)| {
            let title = if code.is_empty() { &text } else { &code };
            Listed {
                who: groups.add(kata, title.clone(), Sort::Other, members, &class.labels),
                code,
                text,
            }
        });
        Ok(Some(Self {
            kata: about.id.clone(),
            title: about.title.clone(),
            errors: errors.collect(),
            rest: others(class, kata, rest, "a less frequent error", groups),
        }))
    }

    /// Adds the errors of an answer that does not compile.
    pub(super) fn add(had: &mut Alike, student: u32, cell: &KataRecord) {
        for (error, place) in cell.errors.iter().zip(0..) {
            had.add(student, place, &(&error.code, visible(&error.text)));
        }
        if cell.errors.is_empty() {
            had.add(student, 0, &("", visible(&cell.headline)));
        }
    }
}
