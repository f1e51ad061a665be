//! `csv`, `csv-canvas`, `csv-moodle`: a row for each submission, for spreadsheets and for two gradebooks.
//!
//! `--report csv`, `csv-canvas` and `csv-moodle` call it. The gradebooks have their own formats because Canvas treats
//! every column after its own as an assignment. Moodle's worksheet is read by its headers: `Identifier`, `Grade`,
//! `Last modified (grade)` and the feedback must exist, and unknown headers, such as those of the katas, are ignored.
//! A cell with a student's text never begins like a formula: it gets a leading apostrophe. Points have at most two
//! decimal places, as in both gradebooks.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::text::{explained, label, one_line, word};
use super::{Format, Renderer};
use crate::record::{AnyRecord, KataRecord, Status, Submission, Submissions, shown};
use crate::spec::SealedResults;

/// The full table, for a spreadsheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Csv;

/// The file that Canvas's gradebook imports.
#[derive(Clone, Copy, Debug)]
pub(super) struct Canvas;

/// The grading worksheet that a Moodle assignment imports.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moodle;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "a row for each submission, for a spreadsheet"
    }

    fn renderer(&self) -> Renderer {
        Renderer::Class(Self::write)
    }
}

impl Csv {
    fn write(record: &AnyRecord, out: &mut dyn Write) -> io::Result<()> {
        let mut head = texts([
            "submission",
            "name",
            "email",
            "sis_id",
            "canvas_id",
            "moodle_id",
            "points",
            "most",
        ]);
        for kata in &record.course.katas {
            let id = guarded(&kata.id);
            let more = ["verdict", "mistake", "said"].map(|what| format!("{id} {what}"));
            head.push(id);
            head.extend(more);
        }
        head.push("problems".to_owned());
        let row = |submission: &Submission| {
            let student = &submission.student;
            let mut row = vec![
                guarded(&submission.id),
                optional(student.name.as_deref()),
                optional(student.email.as_deref()),
                optional(student.sis_id.as_deref()),
                optional(student.canvas_id.as_deref()),
                optional(student.moodle_id.as_deref()),
                total_of(submission),
                submission.points().most.to_string(),
            ];
            for about in &record.course.katas {
                let kata = kata(submission, &about.id);
                row.push(points_of(kata));
                row.push(kata.map_or("", |kata| word(kata.status)).to_owned());
                row.push(kata.map(mistake).unwrap_or_default());
                row.push(kata.map(said).unwrap_or_default());
            }
            row.push(guarded(&submission.problems.join("; ")));
            row
        };
        written(out, &[head], &record.submissions, row)
    }
}

impl Format for Canvas {
    fn name(&self) -> &'static str {
        "csv-canvas"
    }

    fn about(&self) -> &'static str {
        "what Canvas imports into its gradebook"
    }

    fn renderer(&self) -> Renderer {
        Renderer::Class(Self::write)
    }
}

impl Canvas {
    fn write(record: &AnyRecord, out: &mut dyn Write) -> io::Result<()> {
        let about = &record.course;
        let mut head = texts(["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]);
        head.push(guarded(&about.title));
        head.extend(about.katas.iter().map(|kata| guarded(&kata.id)));
        let mut most = texts(["    Points Possible", "", "", "", ""]);
        let total: u64 = about.katas.iter().map(|kata| u64::from(kata.points)).sum();
        most.push(total.to_string());
        most.extend(about.katas.iter().map(|kata| kata.points.to_string()));
        let row = |submission: &Submission| {
            let student = &submission.student;
            // Canvas recognizes the row with the maximum points by these words.
            let name = guarded(&label(submission)).replace("Points Possible", "Points possible");
            let own = optional(student.canvas_id.as_deref());
            let sis = optional(student.sis_id.as_deref());
            let login = student
                .email
                .as_deref()
                .map_or_else(|| sis.clone(), guarded);
            let mut row = vec![name, own, sis, login, String::new()];
            row.push(total_of(submission));
            row.extend(points(record, submission));
            row
        };
        written(out, &[head, most], &record.submissions, row)
    }
}

impl Format for Moodle {
    fn name(&self) -> &'static str {
        "csv-moodle"
    }

    fn about(&self) -> &'static str {
        "the grading worksheet that a Moodle assignment imports"
    }

    fn renderer(&self) -> Renderer {
        Renderer::Class(Self::write)
    }
}

impl Moodle {
    fn write(record: &AnyRecord, out: &mut dyn Write) -> io::Result<()> {
        let about = &record.course;
        let mut head = texts([
            "Identifier",
            "Full name",
            "Email address",
            "ID number",
            "Status",
            "Grade",
            "Maximum Grade",
            "Last modified (grade)",
            "Feedback comments",
        ]);
        head.extend(about.katas.iter().map(|kata| guarded(&kata.id)));
        let most: u64 = about.katas.iter().map(|kata| u64::from(kata.points)).sum();
        let row = |submission: &Submission| {
            let student = &submission.student;
            let number = student.moodle_id.as_deref();
            let mut row = vec![
                number.map_or_else(String::new, |number| {
                    format!("Participant {}", one_line(number))
                }),
                guarded(&label(submission)),
                optional(student.email.as_deref()),
                optional(student.sis_id.as_deref()),
                String::new(),
                total_of(submission),
                most.to_string(),
                String::new(),
                guarded(&feedback(submission, about.sealed)),
            ];
            row.extend(points(record, submission));
            row
        };
        written(out, &[head], &record.submissions, row)
    }
}

/// Returns the points of each kata. A kata that was not judged has none, so that an import leaves its grade
/// unchanged.
fn points(record: &AnyRecord, submission: &Submission) -> Vec<String> {
    let katas = record.course.katas.iter();
    katas
        .map(|about| points_of(kata(submission, &about.id)))
        .collect()
}

fn points_of(kata: Option<&KataRecord>) -> String {
    match kata {
        Some(kata) if kata.status != Status::Unjudged => shown(kata.points.given),
        _ => String::new(),
    }
}

/// Returns the points of all katas; none where one was not judged.
fn total_of(submission: &Submission) -> String {
    let judged = |kata: &KataRecord| kata.status != Status::Unjudged;
    if submission.katas.iter().all(judged) {
        shown(submission.points().given)
    } else {
        String::new()
    }
}

fn kata<'a>(submission: &'a Submission, id: &str) -> Option<&'a KataRecord> {
    submission.katas.iter().find(|kata| kata.kata == id)
}

/// Names the first cause, or the compiler's first error.
fn mistake(kata: &KataRecord) -> String {
    let cause = kata.causes.first().map(|cause| cause.id.as_str());
    let error = kata.errors.first().map(|error| error.code.as_str());
    guarded(cause.or(error).unwrap_or(""))
}

/// Describes what happened and why; empty for a kata that passed.
fn said(kata: &KataRecord) -> String {
    if !super::text::missed(kata) {
        return String::new();
    }
    guarded(&explained(kata))
}

/// A sentence for each kata that did not pass. Students read it.
fn feedback(submission: &Submission, sealed: SealedResults) -> String {
    let problems = submission.problems.iter().map(|problem| one_line(problem));
    let katas = submission.katas.iter();
    let seen = katas.map(|kata| kata.for_students(sealed));
    let missed = seen.filter(super::text::missed);
    let katas = missed.map(|kata| {
        // Moodle interprets the text as HTML.
        html(&format!("{}: {}", kata.kata, explained(&kata)))
    });
    problems
        .map(|problem| html(&problem))
        .chain(katas)
        .collect::<Vec<_>>()
        .join("<br>")
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn optional(text: Option<&str>) -> String {
    guarded(text.unwrap_or(""))
}

/// Returns a text as one line that no spreadsheet interprets as a formula.
fn guarded(text: &str) -> String {
    const FORMULA: [char; 8] = [
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ];
    let line = one_line(text);
    let mut guarded = String::with_capacity(line.len());
    let mut begins = true;
    for char in line.chars() {
        if begins && FORMULA.contains(&char) {
            guarded.push('\'');
        }
        guarded.push(char);
        // If a spreadsheet uses another separator, a cell begins after it. Blanks and quotes do not count.
        begins = matches!(char, ';' | '|' | '\t') || begins && matches!(char, ' ' | '"' | '\'');
    }
    guarded
}

/// Writes the header, and a row for each submission.
fn written(
    out: &mut dyn Write,
    heads: &[Vec<String>],
    submissions: &dyn Submissions,
    row: impl Fn(&Submission) -> Vec<String>,
) -> io::Result<()> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    for head in heads {
        writer.write_record(head)?;
    }
    for submission in submissions.each() {
        writer.write_record(row(&*submission?))?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_as_a_formula() {
        for (text, cell) in [
            ("Anna", "Anna"),
            ("=1+1", "'=1+1"),
            (" \t=1+1", "'=1+1"),
            ("\r+1", "\\u{d}+1"),
            ("-2", "'-2"),
            ("@sum", "'@sum"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a=1", "a=1"),
            (";=1+1", ";'=1+1"),
            ("a; \"=1", "a; \"'=1"),
            ("a|-1", "a|'-1"),
            ("a; b=1", "a; b=1"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell, "{text:?}");
        }
    }
}
