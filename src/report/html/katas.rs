//! For each kata: how many passed, where the others stopped, who has no answer.

use serde::Serialize;

use super::class::{Class, stop};
use super::groups::{Groups, Sort, Who};
use super::words::kind;
use crate::record::{CaseStatus, KataRecord, Status};
use crate::report::text::word;
use crate::words::plural;

/// Holds what the class made of one kata.
#[derive(Serialize)]
pub(super) struct Kata {
    id: String,
    title: String,
    points: String,
    /// The result of the answers, the best first, without those that none has.
    parts: Vec<Part>,
    cases: Vec<Case>,
    /// How many answers were run.
    ran: usize,
    /// Whose answers have every case right but do not pass, for example because a call is missing.
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

/// Holds how far the answers to a kata came.
pub(super) struct Reached {
    /// How many answers were run.
    ran: usize,
    /// For each case how many passed it.
    passed: Vec<usize>,
    /// For each case who stopped there.
    stopped: Vec<Vec<u32>>,
    all_right: Vec<u32>,
}

impl Reached {
    /// Holds that of no answers yet, to a kata with so many cases.
    pub(super) fn new(cases: usize) -> Self {
        Self {
            ran: 0,
            passed: vec![0; cases],
            stopped: vec![Vec::new(); cases],
            all_right: Vec::new(),
        }
    }

    /// Adds an answer.
    pub(super) fn add(&mut self, student: u32, cell: &KataRecord) {
        if !matches!(cell.status, Status::Passed | Status::Failed) {
            return;
        }
        self.ran += 1;
        for (passed, case) in self.passed.iter_mut().zip(&cell.cases) {
            *passed += usize::from(case.status == CaseStatus::Passed);
        }
        if cell.status == Status::Failed {
            match stop(cell) {
                None => self.all_right.push(student),
                Some(place) => {
                    let stopped = self.stopped.get_mut(place);
                    stopped.into_iter().for_each(|here| here.push(student));
                }
            }
        }
    }

    /// Says what the class made of the kata.
    pub(super) fn told(self, class: &Class<'_>, kata: usize, groups: &mut Groups) -> Kata {
        let about = &class.record.course.katas[kata];
        let cases = about.cases.iter().zip(self.passed).zip(self.stopped);
        let cases = cases
            .enumerate()
            .map(|(place, ((case, passed), stopped))| Case {
                number: place + 1,
                name: case.name.clone(),
                kind: kind(case.kind),
                passed,
                passed_length: length(passed, self.ran),
                stopped_length: length(stopped.len(), self.ran),
                stopped: who(
                    groups,
                    class,
                    kata,
                    format!("first failed case {}, {}", place + 1, case.name),
                    stopped,
                ),
            });
        let cases = cases.collect();
        Kata {
            id: about.id.clone(),
            title: about.title.clone(),
            points: plural(about.points as usize, "point"),
            parts: parts(class, kata, groups),
            cases,
            ran: self.ran,
            all_right: who(
                groups,
                class,
                kata,
                "every case right, but not passed".to_owned(),
                self.all_right,
            ),
        }
    }
}

fn parts(class: &Class<'_>, kata: usize, groups: &mut Groups) -> Vec<Part> {
    let (mut parts, mut before) = (Vec::new(), 0);
    for (way, colour) in WAYS {
        let students = 0..class.labels.len();
        let went = students.filter(|student| class.cell(*student, kata).0 == way);
        let members: Vec<u32> = went.map(|student| student as u32).collect();
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
    members: Vec<u32>,
) -> Option<Who> {
    let any = !members.is_empty();
    any.then(|| groups.add(kata, title, Sort::Other, members, &class.labels))
}

/// A part in per cent of a whole, as a bar's length.
fn length(part: usize, whole: usize) -> String {
    format!("{:.2}", 100.0 * part as f64 / whole.max(1) as f64)
}
