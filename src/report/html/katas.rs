//! For each kata: how many passed, where the others stopped, who has no answer.

use serde::Serialize;

use super::class::{Class, stop};
use super::groups::{Groups, Sort, Who};
use super::words::kind;
use crate::record::{CaseStatus, Status};
use crate::report::text::word;
use crate::words::plural;

/// Holds what the class made of one kata.
#[derive(Serialize)]
pub(super) struct Kata {
    id: String,
    title: String,
    points: String,
    /// What came of the answers, the best first, without what came of none.
    parts: Vec<Part>,
    cases: Vec<Case>,
    /// How many answers were run.
    ran: usize,
    /// Whose answers have every case right and are still not passed, for a call that they never make.
    all_right: Option<Who>,
}

#[derive(Serialize)]
struct Part {
    class: &'static str,
    words: &'static str,
    /// Where its bar begins and how long it is, in per cent.
    start: String,
    length: String,
    who: Who,
}

#[derive(Serialize)]
struct Case {
    number: usize,
    name: String,
    kind: &'static str,
    passed: usize,
    /// In per cent of the answers that were run.
    passed_length: String,
    /// Whose answers come this far and no further.
    stopped: Option<Who>,
    stopped_length: String,
}

/// The ways an answer can go, the best first, and the colour of each.
const WAYS: [(Status, &str); 5] = [
    (Status::Passed, "passed"),
    (Status::Failed, "failed"),
    (Status::Refused, "refused"),
    (Status::Missing, "missing"),
    (Status::Unjudged, "unjudged"),
];

/// Says what the class made of each kata.
pub(super) fn katas(class: &Class<'_>, groups: &mut Groups) -> Vec<Kata> {
    let katas = 0..class.record.course.katas.len();
    katas.map(|kata| one(class, kata, groups)).collect()
}

fn one(class: &Class<'_>, kata: usize, groups: &mut Groups) -> Kata {
    let about = &class.record.course.katas[kata];
    let ran: Vec<_> = class
        .cells(kata)
        .filter_map(|(student, cell)| Some((student, cell?)))
        .filter(|(_, cell)| matches!(cell.status, Status::Passed | Status::Failed))
        .collect();
    let all_right: Vec<usize> = class
        .wrong(kata)
        .filter(|(_, cell)| stop(cell).is_none())
        .map(|(student, _)| student)
        .collect();
    let cases = about.cases.iter().enumerate().map(|(place, case)| {
        let passed = ran.iter().filter(|(_, cell)| {
            cell.cases
                .get(place)
                .is_some_and(|case| case.status == CaseStatus::Passed)
        });
        let passed = passed.count();
        let stopped: Vec<usize> = class
            .wrong(kata)
            .filter(|(_, cell)| stop(cell) == Some(place))
            .map(|(student, _)| student)
            .collect();
        Case {
            number: place + 1,
            name: case.name.clone(),
            kind: kind(case.kind),
            passed,
            passed_length: length(passed, ran.len()),
            stopped_length: length(stopped.len(), ran.len()),
            stopped: who(
                groups,
                class,
                kata,
                format!("stopped at case {}, {}", place + 1, case.name),
                stopped,
            ),
        }
    });
    let cases = cases.collect();
    Kata {
        id: about.id.clone(),
        title: about.title.clone(),
        points: plural(about.points as usize, "point"),
        parts: parts(class, kata, groups),
        cases,
        ran: ran.len(),
        all_right: who(
            groups,
            class,
            kata,
            "every case right, and not passed".to_owned(),
            all_right,
        ),
    }
}

fn parts(class: &Class<'_>, kata: usize, groups: &mut Groups) -> Vec<Part> {
    let (mut parts, mut before) = (Vec::new(), 0);
    for (way, colour) in WAYS {
        let went = |cell: Option<&crate::record::KataRecord>| {
            cell.map_or(Status::Missing, |cell| cell.status)
        };
        let members: Vec<usize> = class
            .cells(kata)
            .filter(|(_, cell)| went(*cell) == way)
            .map(|(student, _)| student)
            .collect();
        let all = class.labels.len();
        let (start, length) = (length(before, all), length(members.len(), all));
        before += members.len();
        if let Some(who) = who(groups, class, kata, word(way).to_owned(), members) {
            parts.push(Part {
                class: colour,
                words: word(way),
                start,
                length,
                who,
            });
        }
    }
    parts
}

/// A group, if it has anyone.
fn who(
    groups: &mut Groups,
    class: &Class<'_>,
    kata: usize,
    title: String,
    members: Vec<usize>,
) -> Option<Who> {
    let any = !members.is_empty();
    any.then(|| groups.add(kata, title, Sort::Other, members, &class.labels))
}

/// A part in per cent of a whole, as a bar's length.
fn length(part: usize, whole: usize) -> String {
    format!("{:.2}", 100.0 * part as f64 / whole.max(1) as f64)
}
