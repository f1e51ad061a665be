//! Statistics of each kata: how many passed, where the others stopped, who has no answer.

use serde::Serialize;

use super::class::{Class, stop};
use super::groups::{Groups, Sort, Who};
use super::words::kind;
use crate::record::{CaseStatus, KataRecord, Status};
use crate::report::text::word;
use crate::words::plural;

/// The results of the class for one kata.
#[derive(Serialize)]
pub(super) struct Kata {
    id: String,
    title: String,
    points: String,
    /// The bars of the results, the best first, without empty ones.
    parts: Vec<Bar>,
    cases: Vec<Case>,
    /// The number of answers that were run.
    ran: usize,
    /// Students whose answers have every case right but do not pass, for example because a call is missing.
    all_right: Option<Who>,
}

#[derive(Serialize)]
struct Bar {
    class: &'static str,
    words: &'static str,
    /// The start and length of the bar, in percent.
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
    /// In percent of the answers that were run.
    passed_length: String,
    /// Students whose answers stop here.
    stopped: Option<Who>,
    stopped_length: String,
}

/// The possible results of an answer, the best first, with their colors.
const WAYS: [(Status, &str); 5] = [
    (Status::Passed, "passed"),
    (Status::Failed, "failed"),
    (Status::Refused, "refused"),
    (Status::Missing, "missing"),
    (Status::Unjudged, "unjudged"),
];

/// How far the answers to a kata got.
pub(super) struct Reached {
    /// The number of answers that were run.
    ran: usize,
    /// The number of answers that passed each case.
    passed: Vec<usize>,
    /// The students who stopped at each case.
    stopped: Vec<Vec<u32>>,
    all_right: Vec<u32>,
}

impl Reached {
    /// Creates one for a kata with this many cases, before any answer is added.
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

    /// Creates the statistics of the kata.
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

fn parts(class: &Class<'_>, kata: usize, groups: &mut Groups) -> Vec<Bar> {
    let (mut parts, mut before) = (Vec::new(), 0);
    for (way, color) in WAYS {
        let students = 0..class.labels.len();
        let went = students.filter(|student| class.cell(*student, kata).0 == way);
        let members: Vec<u32> = went.map(|student| student as u32).collect();
        let all = class.labels.len();
        let (start, length) = (length(before, all), length(members.len(), all));
        before += members.len();
        if let Some(who) = who(groups, class, kata, word(way).to_owned(), members) {
            parts.push(Bar {
                class: color,
                words: word(way),
                start,
                length,
                who,
            });
        }
    }
    parts
}

/// A group, if it is not empty.
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

/// The length of a bar, in percent of the whole.
fn length(part: usize, whole: usize) -> String {
    format!("{:.2}", 100.0 * part as f64 / whole.max(1) as f64)
}
