//! The page of a class: everything about it, laid out with the values that each part makes.

use std::borrow::Cow;
use std::io::{Result, Write};

use serde::Serialize;

use super::about::About;
use super::alike::Listed;
use super::groups::Groups;
use super::katas::{Kata, Reached};
use super::mistakes::Made;
use super::same::Alike;
use super::store::Store;
use super::table::{Rows, Table};
use super::words::{percent, share};
use super::wrong::{Errors, Unexplained};
use super::{STYLE, alike, known, lay_out, mistakes, policy};
use crate::files::Spill;
use crate::record::{AnyRecord, CaseStatus, KataRecord, Status, Submission, shown};
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

/// Holds a record of a class with what every part of the page asks of it: a few bytes for each answer.
pub(super) struct Class<'a> {
    pub(super) record: &'a AnyRecord,
    /// What each student is called.
    pub(super) labels: Vec<String>,
    /// The points of each student.
    pub(super) totals: Vec<f64>,
    /// The result of each answer and its share of the points, the katas of a student one after another.
    cells: Vec<(Status, f64)>,
    /// How many students handed in no answer.
    none: usize,
    /// Whether any submission has problems.
    is_noted: bool,
}

impl<'a> Class<'a> {
    /// Reads a record once.
    fn of(record: &'a AnyRecord) -> Result<Self> {
        let mut class = Self {
            record,
            labels: Vec::new(),
            totals: Vec::new(),
            cells: Vec::new(),
            none: 0,
            is_noted: false,
        };
        for submission in record.submissions.each() {
            let submission = submission?;
            class.labels.push(label(&submission).to_owned());
            class.totals.push(submission.points().given);
            for (kata, about) in record.course.katas.iter().enumerate() {
                let cell = submission.kata(kata, &about.id);
                let cell = cell.map_or((Status::Missing, 0.0), |cell| (cell.status, share(cell)));
                class.cells.push(cell);
            }
            let mut katas = submission.katas.iter();
            class.none += usize::from(katas.all(|kata| kata.status == Status::Missing));
            class.is_noted |= !submission.problems.is_empty();
        }
        Ok(class)
    }

    /// Gives the result of a student's answer to a kata, and its share of the points.
    pub(super) fn cell(&self, student: usize, kata: usize) -> (Status, f64) {
        self.cells[student * self.record.course.katas.len() + kata]
    }

    /// Reads all that is known of a student's answer to a kata, which is there.
    pub(super) fn read(&self, student: usize, kata: usize) -> Result<Cow<'a, KataRecord>> {
        let id = &self.record.course.katas[kata].id;
        let cell = self.record.submissions.kata(student, kata, id)?;
        cell.ok_or_else(|| std::io::Error::other("a submission has lost a kata"))
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
        let given: f64 = self.totals.iter().sum();
        let all = f64::from(self.most()) * self.labels.len() as f64;
        if all == 0.0 { 0.0 } else { given / all }
    }

    /// Counts the students who passed every kata.
    pub(super) fn passed_all(&self) -> usize {
        let katas = 0..self.record.course.katas.len();
        let passed = |student: &usize| {
            let mut ways = katas.clone().map(|kata| self.cell(*student, kata).0);
            ways.all(|way| way == Status::Passed)
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

/// Holds what the template lays out, above the rows of the table and below them.
#[derive(Serialize)]
struct Page {
    policy: String,
    style: &'static str,
    about: About,
    facts: Vec<(String, String)>,
    table: Table,
    katas: Vec<Kata>,
    mistakes: Vec<Made>,
    unexplained: Vec<Unexplained>,
    errors: Vec<Errors>,
    alike: Vec<Listed>,
    noted: bool,
}

/// Holds what is gathered of one kata, for as long as its groups have no numbers.
struct OfKata {
    reached: Reached,
    mistakes: mistakes::Found,
    gave: Alike,
    errors: Alike,
    alike: alike::Found,
}

/// Reads the result of all answers to a kata, and writes its store.
fn of_kata(
    class: &Class<'_>,
    kata: usize,
    store: &mut Store,
    stores: &mut Spill,
) -> Result<OfKata> {
    let about = &class.record.course.katas[kata];
    let mut reached = Reached::new(about.cases.len());
    let mut mistakes = mistakes::Found::default();
    let (mut gave, mut errors) = (Alike::default(), Alike::default());
    for student in 0..class.labels.len() {
        let cell = class.record.submissions.kata(student, kata, &about.id)?;
        store.add(cell.as_deref())?;
        let student = student as u32;
        let Some(cell) = cell else { continue };
        reached.add(student, &cell);
        match cell.status {
            Status::Failed => {
                mistakes.add(student, &cell);
                Unexplained::add(&mut gave, student, &cell);
            }
            Status::Refused => Errors::add(&mut errors, student, &cell),
            Status::Passed | Status::Missing | Status::Unjudged => {}
        }
    }
    let alike = alike::Found::of(class, kata, &store.sources)?;
    write!(stores, "{DATA}store-{kata}\">")?;
    store.write(stores)?;
    stores.write_all(END_DATA)?;
    Ok(OfKata {
        reached,
        mistakes,
        gave,
        errors,
        alike,
    })
}

/// Lays out the page.
pub(super) fn page(record: &AnyRecord, out: &mut dyn Write) -> Result<()> {
    let class = Class::of(record)?;
    let mut stores = record.submissions.spill();
    let mut store = Store::beside(&stores);
    let katas = 0..record.course.katas.len();
    let katas = katas.map(|kata| of_kata(&class, kata, &mut store, &mut stores));
    let katas = katas.collect::<Result<Vec<_>>>()?;
    drop(store);
    let mut groups = Groups::default();
    let page = laid_out(&class, katas, &mut groups)?;
    lay_out("class.html", &page, out)?;
    out.write_all(b"\n")?;
    let rows = Rows::of(&class);
    for student in 0..class.labels.len() {
        let row = rows.row(student, &*record.submissions.person(student)?);
        lay_out("row.html", &row, out)?;
        out.write_all(b"\n")?;
    }
    lay_out("rest.html", &page, out)?;
    if class.is_noted {
        notes(&class, out)?;
    }
    write!(
        out,
        "</main>\n<dialog id=\"panel\" aria-labelledby=\"panel-title\"></dialog>\n{DATA}known\">"
    )?;
    known::write(&class, &groups, out)?;
    out.write_all(END_DATA)?;
    stores.copy_to(out)?;
    for kata in &page.alike {
        write!(out, "{DATA}marks-{}\">{}", kata.place, kata.marks)?;
        out.write_all(END_DATA)?;
    }
    write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}

/// What stands around data for the page's script.
const DATA: &str = "<script type=\"application/json\" id=\"";
const END_DATA: &[u8] = b"</script>\n";

/// Gives the groups of all katas their numbers, part by part of the page.
fn laid_out(class: &Class<'_>, katas: Vec<OfKata>, groups: &mut Groups) -> Result<Page> {
    let mut page = Page {
        policy: policy::policy(STYLE, Some(SCRIPT)),
        style: STYLE,
        about: About::of(class.record),
        facts: facts(class),
        table: Table::of(class),
        katas: Vec::new(),
        mistakes: Vec::new(),
        unexplained: Vec::new(),
        errors: Vec::new(),
        alike: Vec::new(),
        noted: class.is_noted,
    };
    let (mut mistakes, mut gave, mut errors, mut alike) = (vec![], vec![], vec![], vec![]);
    for (kata, of) in katas.into_iter().enumerate() {
        page.katas.push(of.reached.told(class, kata, groups));
        mistakes.push(of.mistakes);
        gave.push(of.gave);
        errors.push(of.errors);
        alike.push(of.alike);
    }
    for (kata, of) in mistakes.into_iter().enumerate() {
        page.mistakes.extend(of.told(class, kata, groups));
    }
    for (kata, of) in gave.into_iter().enumerate() {
        page.unexplained
            .extend(Unexplained::of(class, kata, of, groups)?);
    }
    for (kata, of) in errors.into_iter().enumerate() {
        page.errors.extend(Errors::of(class, kata, of, groups)?);
    }
    for (kata, of) in alike.into_iter().enumerate() {
        page.alike.extend(of.told(class, kata, groups));
    }
    Ok(page)
}

/// Lists the problems of submissions.
fn notes(class: &Class<'_>, out: &mut dyn Write) -> Result<()> {
    #[derive(Serialize)]
    struct Note<'a> {
        name: &'a str,
        problems: &'a [String],
    }
    for (student, name) in class.labels.iter().enumerate() {
        let person = class.record.submissions.person(student)?;
        let problems = &person.problems;
        if !problems.is_empty() {
            lay_out("note.html", &Note { name, problems }, out)?;
            out.write_all(b"\n")?;
        }
    }
    out.write_all(b"</dl>\n</section>\n")
}

/// The numbers at the head of the page.
fn facts(class: &Class<'_>) -> Vec<(String, String)> {
    let students = class.labels.len();
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
        (class.none.to_string(), "handed in no answer".to_owned()),
    ]
}

fn noun(number: usize, noun: &str) -> String {
    let counted = plural(number, noun);
    counted
        .split_once(' ')
        .map_or_else(String::new, |(_, noun)| noun.to_owned())
}
