//! The page of a class, rendered from the values of each part.

use std::io::{Result, Write};

use serde::Serialize;

use super::about::About;
use super::alike::Listed;
use super::class::Class;
use super::groups::Groups;
use super::katas::{Kata, Reached};
use super::mistakes::MistakesOfKata;
use super::same::Alike;
use super::store::Store;
use super::table::{Rows, Table};
use super::templates::{STYLE, lay_out};
use super::words::percent;
use super::wrong::{Errors, Unexplained};
use super::{alike, known, mistakes, policy};
use crate::files::Spill;
use crate::record::{AnyRecord, Status, shown};
use crate::words::plural;

/// The page's JavaScript: sorting, filtering, keyboard. It is a single text, so that the policy can contain its
/// digest.
const SCRIPT: &str = concat!(
    "'use strict';\n",
    include_str!("page/store.js"),
    include_str!("page/table.js"),
    include_str!("page/panel.js"),
    include_str!("page/alike.js"),
    include_str!("page/start.js"),
);

/// The values for the template, above and below the rows of the table.
#[derive(Serialize)]
struct Page {
    policy: String,
    style: &'static str,
    about: About,
    facts: Vec<(String, String)>,
    table: Table,
    katas: Vec<Kata>,
    mistakes: Vec<MistakesOfKata>,
    unexplained: Vec<Unexplained>,
    errors: Vec<Errors>,
    alike: Vec<Listed>,
    noted: bool,
}

/// The data of one kata, before its groups have numbers.
struct OfKata {
    reached: Reached,
    mistakes: mistakes::MistakesByKind,
    gave: Alike,
    errors: Alike,
    alike: alike::SimilarAnswers,
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
    let mut mistakes = mistakes::MistakesByKind::default();
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
    let alike = alike::SimilarAnswers::of(class, kata, &store.sources)?;
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

/// Renders the page.
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

/// The markup around the data for the page's script.
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

/// The numbers at the top of the page.
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
        (class.none.to_string(), "submitted no answer".to_owned()),
    ]
}

fn noun(number: usize, noun: &str) -> String {
    let counted = plural(number, noun);
    counted
        .split_once(' ')
        .map_or_else(String::new, |(_, noun)| noun.to_owned())
}
