//! The initial data of the page's script: the students, the result of every answer, and the groups.

use std::io::{Result, Write};

use serde::Serialize;

use super::class::{Class, label};
use super::groups::Groups;
use super::policy;
use super::words::letter;
use crate::record::shown;
use crate::spec::CaseKind;

#[derive(Serialize)]
struct Kata<'a> {
    id: &'a str,
    title: &'a str,
    most: u32,
    cases: Vec<(&'a str, CaseKind)>,
}

/// Writes it as JSON, student by student.
pub(super) fn write(class: &Class<'_>, groups: &Groups, out: &mut dyn Write) -> Result<()> {
    let students = 0..class.labels.len();
    let katas = 0..class.record.course.katas.len();
    let persons = students
        .clone()
        .map(|student| class.record.submissions.person(student));
    list(
        out,
        "{\"students\":",
        persons.clone().map(|one| {
            let one = one?;
            let student = &one.student;
            let more = [
                &student.email,
                &student.sis_id,
                &student.canvas_id,
                &student.moodle_id,
            ];
            let more = more.into_iter().flatten().map(String::as_str);
            let who: Vec<_> = [label(&one), &one.id].into_iter().chain(more).collect();
            Ok(policy::json(&who))
        }),
    )?;
    list(
        out,
        ",\"problems\":",
        persons.map(|one| Ok(policy::json(&one?.problems))),
    )?;
    let about = class.record.course.katas.iter().map(|kata| Kata {
        id: &kata.id,
        title: &kata.title,
        most: kata.points,
        cases: kata
            .cases
            .iter()
            .map(|case| (case.name.as_str(), case.kind))
            .collect(),
    });
    list(
        out,
        ",\"katas\":",
        about.map(|kata| Ok(policy::json(&kata))),
    )?;
    let cells = |student: usize| katas.clone().map(move |kata| class.cell(student, kata));
    // A letter for each kata of each student, and its share of the points in thousandths.
    let letters = students.clone().map(|student| {
        cells(student)
            .map(|(way, _)| letter(way))
            .collect::<String>()
    });
    list(
        out,
        ",\"letters\":",
        letters.map(|letters| Ok(policy::json(&letters))),
    )?;
    let shares = students.map(|student| {
        cells(student)
            .map(|(_, share)| (share * 1000.0) as u32)
            .collect::<Vec<_>>()
    });
    list(
        out,
        ",\"shares\":",
        shares.map(|shares| Ok(policy::json(&shares))),
    )?;
    // The points of each student, as they are shown and as they are sorted by.
    let totals = class.totals.iter();
    list(
        out,
        ",\"given\":",
        totals.clone().map(|total| Ok(policy::json(&shown(*total)))),
    )?;
    list(
        out,
        ",\"totals\":",
        totals.map(|total| Ok(policy::json(total))),
    )?;
    list(
        out,
        ",\"groups\":",
        groups.all().iter().map(|group| Ok(policy::json(group))),
    )?;
    out.write_all(b"}")
}

/// Writes a key and a list of JSON values.
fn list(
    out: &mut dyn Write,
    key: &str,
    values: impl Iterator<Item = Result<String>>,
) -> Result<()> {
    write!(out, "{key}[")?;
    for (place, value) in values.enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        out.write_all(value?.as_bytes())?;
    }
    out.write_all(b"]")
}
