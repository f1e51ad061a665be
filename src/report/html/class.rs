//! The page of a class: everything about it, laid out with the values that each part makes.

use serde::Serialize;

use super::about::About;
use super::alike::Listed;
use super::groups::{Group, Groups};
use super::katas::Kata;
use super::mistakes::Made;
use super::store::Store;
use super::table::Table;
use super::words::{letter, percent, share};
use super::wrong::{Errors, Unexplained};
use super::{STYLE, alike, katas, lay_out, mistakes, policy, wrong};
use crate::record::{CaseStatus, KataRecord, Record, Status, Submission, shown};
use crate::words::plural;

/// What makes the page answer to a hand; one text, so that the policy can name its digest.
const SCRIPT: &str = concat!(
    "'use strict';\n",
    include_str!("page/store.js"),
    include_str!("page/table.js"),
    include_str!("page/panel.js"),
    include_str!("page/alike.js"),
    include_str!("page/start.js"),
);

/// Holds a record of a class with what every part of the page asks of it.
pub(super) struct Class<'a> {
    pub(super) record: &'a Record,
    /// What each student is called.
    pub(super) labels: Vec<String>,
}

impl<'a> Class<'a> {
    /// Takes a record.
    pub(super) fn of(record: &'a Record) -> Self {
        let labels = record.submissions.iter().map(|one| label(one).to_owned());
        Self {
            record,
            labels: labels.collect(),
        }
    }

    /// Gives what came of a student's answer to a kata.
    pub(super) fn cell(&self, student: usize, kata: usize) -> Option<&'a KataRecord> {
        let id = &self.record.course.katas[kata].id;
        let katas = &self.record.submissions[student].katas;
        // They stand in the course's order; a record from elsewhere may leave one out.
        let placed = katas.get(kata).filter(|record| record.kata == *id);
        placed.or_else(|| katas.iter().find(|record| record.kata == *id))
    }

    /// Gives what came of every student's answer to a kata.
    pub(super) fn cells(
        &self,
        kata: usize,
    ) -> impl Iterator<Item = (usize, Option<&'a KataRecord>)> {
        (0..self.labels.len()).map(move |student| (student, self.cell(student, kata)))
    }

    /// Gives the answers to a kata that were run and did not pass.
    pub(super) fn wrong(&self, kata: usize) -> impl Iterator<Item = (usize, &'a KataRecord)> {
        let answers = self
            .cells(kata)
            .filter_map(|(student, cell)| Some((student, cell?)));
        answers.filter(|(_, cell)| cell.status == Status::Failed)
    }

    /// Gives the most points there are.
    pub(super) fn most(&self) -> u32 {
        self.record
            .course
            .katas
            .iter()
            .map(|kata| kata.points)
            .sum()
    }

    /// Gives the average share of the points, from 0 to 1.
    pub(super) fn average(&self) -> f64 {
        let given: f64 = self
            .record
            .submissions
            .iter()
            .map(|one| one.points().given)
            .sum();
        let all = f64::from(self.most()) * self.labels.len() as f64;
        if all == 0.0 { 0.0 } else { given / all }
    }

    /// Counts the students who passed every kata.
    pub(super) fn passed_all(&self) -> usize {
        let katas = self.record.course.katas.len();
        let passed = |student: &usize| {
            let mut cells = (0..katas).map(|kata| self.cell(*student, kata));
            cells.all(|cell| cell.is_some_and(|cell| cell.status == Status::Passed))
        };
        (0..self.labels.len()).filter(passed).count()
    }
}

/// What to call a student: the name, else the id, else nothing better than this.
pub(super) fn label(submission: &Submission) -> &str {
    match submission.label() {
        "" => "(no name)",
        label => label,
    }
}

/// The first case that an answer did not get past; none when every case that was judged is right.
pub(super) fn stop(kata: &KataRecord) -> Option<usize> {
    let done = [CaseStatus::Passed, CaseStatus::Open];
    kata.cases
        .iter()
        .position(|case| !done.contains(&case.status))
}

/// What the page's script knows from the start.
#[derive(Serialize)]
struct Known<'a> {
    students: Vec<Vec<&'a str>>,
    problems: Vec<&'a [String]>,
    katas: Vec<KnownKata<'a>>,
    /// A letter for each kata of each student.
    letters: Vec<String>,
    /// The share of points for each kata of each student, in thousandths.
    shares: Vec<Vec<u32>>,
    /// The points of each student, as they are shown and as they are sorted by.
    given: Vec<String>,
    totals: Vec<f64>,
    groups: &'a [Group],
}

#[derive(Serialize)]
struct KnownKata<'a> {
    id: &'a str,
    title: &'a str,
    most: u32,
    cases: Vec<(&'a str, crate::spec::CaseKind)>,
}

/// Holds what the template lays out.
#[derive(Serialize)]
struct Page {
    policy: String,
    style: &'static str,
    script: &'static str,
    about: About,
    facts: Vec<(String, String)>,
    table: Table,
    katas: Vec<Kata>,
    mistakes: Vec<Made>,
    unexplained: Vec<Unexplained>,
    errors: Vec<Errors>,
    alike: Vec<Listed>,
    noted: Vec<(String, Vec<String>)>,
    /// JSON for the page's script.
    known: String,
    /// JSON of each kata for the page's script.
    stores: Vec<String>,
}

/// Lays out the page.
pub(super) fn page(record: &Record) -> Vec<u8> {
    let class = Class::of(record);
    let mut groups = Groups::default();
    let katas = katas::katas(&class, &mut groups);
    let mistakes = mistakes::mistakes(&class, &mut groups);
    let unexplained = wrong::unexplained(&class, &mut groups);
    let errors = wrong::errors(&class, &mut groups);
    let stores: Vec<_> = (0..record.course.katas.len())
        .map(|kata| Store::of(&class, kata))
        .collect();
    let alike = alike::alike(&class, &stores, &mut groups);
    let noted = (0..class.labels.len()).filter_map(|student| {
        let problems = &record.submissions[student].problems;
        (!problems.is_empty()).then(|| (class.labels[student].clone(), problems.clone()))
    });
    let stores: Vec<String> = stores.iter().map(Store::json).collect();
    let page = Page {
        policy: policy::policy(STYLE, Some(SCRIPT)),
        style: STYLE,
        script: SCRIPT,
        about: About::of(record),
        facts: facts(&class),
        table: Table::of(&class),
        katas,
        mistakes,
        unexplained,
        errors,
        alike,
        noted: noted.collect(),
        known: policy::json(&known(&class, &groups)),
        stores,
    };
    lay_out("class.html", &page)
}

/// The numbers at the head of the page.
fn facts(class: &Class<'_>) -> Vec<(String, String)> {
    let students = class.labels.len();
    let none = class.record.submissions.iter().filter(|one| {
        let mut katas = one.katas.iter();
        katas.all(|kata| kata.status == Status::Missing)
    });
    let average = class.average();
    let points = f64::from(class.most()) * average;
    vec![
        (students.to_string(), noun(students, "student")),
        (
            percent(average),
            format!("on average: {} of {} points", shown(points), class.most()),
        ),
        (
            class.passed_all().to_string(),
            "passed every kata".to_owned(),
        ),
        (none.count().to_string(), "handed in no answer".to_owned()),
    ]
}

fn noun(number: usize, noun: &str) -> String {
    let counted = plural(number, noun);
    counted
        .split_once(' ')
        .map_or_else(String::new, |(_, noun)| noun.to_owned())
}

fn known<'a>(class: &Class<'a>, groups: &'a Groups) -> Known<'a> {
    let submissions = &class.record.submissions;
    let katas = 0..class.record.course.katas.len();
    let students = 0..submissions.len();
    let thousandths = |cell: Option<&KataRecord>| (cell.map_or(0.0, share) * 1000.0) as u32;
    Known {
        students: submissions
            .iter()
            .map(|one| {
                let student = &one.student;
                let more = [
                    &student.email,
                    &student.sis_id,
                    &student.canvas_id,
                    &student.moodle_id,
                ];
                let more = more.into_iter().flatten();
                let who = [label(one), &one.id].into_iter();
                who.chain(more.map(String::as_str)).collect()
            })
            .collect(),
        problems: submissions
            .iter()
            .map(|one| one.problems.as_slice())
            .collect(),
        katas: class
            .record
            .course
            .katas
            .iter()
            .map(|kata| KnownKata {
                id: &kata.id,
                title: &kata.title,
                most: kata.points,
                cases: kata
                    .cases
                    .iter()
                    .map(|case| (case.name.as_str(), case.kind))
                    .collect(),
            })
            .collect(),
        letters: students
            .clone()
            .map(|student| {
                katas
                    .clone()
                    .map(|kata| letter(class.cell(student, kata)))
                    .collect()
            })
            .collect(),
        shares: students
            .map(|student| {
                katas
                    .clone()
                    .map(|kata| thousandths(class.cell(student, kata)))
                    .collect()
            })
            .collect(),
        given: submissions
            .iter()
            .map(|one| shown(one.points().given))
            .collect(),
        totals: submissions.iter().map(|one| one.points().given).collect(),
        groups: groups.all(),
    }
}
