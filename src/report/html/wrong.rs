//! What no explanation covers: wrong outputs that several gave, and what does not compile.

use std::collections::BTreeMap;

use serde::Serialize;

use super::class::{Class, stop};
use super::groups::{Groups, Sort, Who};
use super::words::{clipped, quoted, visible};
use crate::record::{Cause, KataRecord, Status};
use crate::words::plural;

/// How many groups of a kata are shown with a source.
const MOST: usize = 10;

/// Holds the unexplained wrong answers to one kata.
#[derive(Serialize)]
pub(super) struct Unexplained {
    kata: String,
    title: String,
    groups: Vec<Wrong>,
    /// Those whose output nobody else gave, and groups past the most.
    rest: Option<Who>,
}

#[derive(Serialize)]
struct Wrong {
    headline: String,
    /// What it looks like, where that is not proved.
    likely: String,
    said: String,
    first: String,
    source: String,
    command: String,
    who: Who,
}

/// Groups the wrong answers that no cause explains for certain by what they gave.
pub(super) fn unexplained(class: &Class<'_>, groups: &mut Groups) -> Vec<Unexplained> {
    let katas = class.record.course.katas.iter().enumerate();
    let all = katas.filter_map(|(kata, about)| {
        let mut found: BTreeMap<String, Vec<(usize, &KataRecord)>> = BTreeMap::new();
        let unexplained = class
            .wrong(kata)
            .filter(|(_, cell)| !cell.causes.iter().any(|cause| cause.certain));
        for (student, cell) in unexplained {
            found
                .entry(outcome(cell))
                .or_default()
                .push((student, cell));
        }
        let mut found: Vec<_> = found.into_values().collect();
        found.sort_by_key(|same| (std::cmp::Reverse(same.len()), same[0].0));
        let shown = found
            .iter()
            .take(MOST)
            .take_while(|same| same.len() > 1)
            .count();
        let mut rest: Vec<usize> = found[shown..]
            .iter()
            .flatten()
            .map(|(student, _)| *student)
            .collect();
        rest.sort_unstable();
        let any = !rest.is_empty();
        (!found.is_empty()).then(|| Unexplained {
            kata: about.id.clone(),
            title: about.title.clone(),
            groups: found[..shown]
                .iter()
                .map(|same| wrong(class, kata, same, groups))
                .collect(),
            rest: any.then(|| {
                let title = "a wrong output that hardly anyone else gave".to_owned();
                groups.add(kata, title, Sort::Other, rest, &class.labels)
            }),
        })
    });
    all.collect()
}

/// What a wrong answer gave: the digest of its outputs, or where it stopped and how.
fn outcome(cell: &KataRecord) -> String {
    match &cell.outputs {
        Some(digest) => format!("outputs {digest}"),
        None => format!("{:?} {}", stop(cell), said(cell)),
    }
}

/// What is said of the case that an answer did not get past.
fn said(cell: &KataRecord) -> String {
    let Some(case) = stop(cell).and_then(|place| cell.cases.get(place)) else {
        return "Every case is right.".to_owned();
    };
    visible(&format!(
        "Case {}, {}: {}",
        case.number, case.name, case.said
    ))
}

fn wrong(
    class: &Class<'_>,
    kata: usize,
    same: &[(usize, &KataRecord)],
    groups: &mut Groups,
) -> Wrong {
    let about = &class.record.course.katas[kata];
    let (student, cell) = same[0];
    let members: Vec<usize> = same.iter().map(|(student, _)| *student).collect();
    let what = if cell.outputs.is_some() {
        "gave the same wrong output"
    } else {
        "stopped in the same way"
    };
    let answer = cell.answer.as_ref();
    let source = answer.and_then(|answer| answer.source.as_deref());
    Wrong {
        headline: format!("{} {what}", plural(same.len(), "student")),
        likely: cell.causes.first().map_or_else(String::new, told),
        said: said(cell),
        first: class.labels[student].clone(),
        source: visible(&clipped(source.unwrap_or_default(), 10_000)),
        command: format!(
            // Answers inside zips and exports have no path of their own.
            "katas author pitfall {} --name NAME --from-record class.json --student {}",
            quoted(&about.id),
            quoted(&class.record.submissions[student].id)
        ),
        who: groups.add(kata, what.to_owned(), Sort::Other, members, &class.labels),
    }
}

fn told(cause: &Cause) -> String {
    format!("{} {}", cause.lead, cause.text)
}

/// Holds the errors of one kata.
#[derive(Serialize)]
pub(super) struct Errors {
    kata: String,
    title: String,
    errors: Vec<Same>,
}

#[derive(Serialize)]
struct Same {
    code: String,
    text: String,
    who: Who,
}

/// Groups the answers that do not compile by the compiler's errors, or by what else keeps them from being run.
pub(super) fn errors(class: &Class<'_>, groups: &mut Groups) -> Vec<Errors> {
    let katas = class.record.course.katas.iter().enumerate();
    let all = katas.filter_map(|(kata, about)| {
        let mut found: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for (student, cell) in class.cells(kata) {
            let Some(cell) = cell.filter(|cell| cell.status == Status::Refused) else {
                continue;
            };
            let mut add = |code: &str, text: &str| {
                let members = found.entry((code.to_owned(), visible(text))).or_default();
                if members.last() != Some(&student) {
                    members.push(student);
                }
            };
            for error in &cell.errors {
                add(&error.code, &error.text);
            }
            if cell.errors.is_empty() {
                add("", &cell.headline);
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
        let any = !found.is_empty();
        let errors = found.into_iter().map(|((code, text), members)| {
            let title = if code.is_empty() {
                text.clone()
            } else {
                code.clone()
            };
            Same {
                code,
                text,
                who: groups.add(kata, title, Sort::Other, members, &class.labels),
            }
        });
        any.then(|| Errors {
            kata: about.id.clone(),
            title: about.title.clone(),
            errors: errors.collect(),
        })
    });
    all.collect()
}
