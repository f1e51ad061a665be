//! `markdown`: the page of a student for a step's summary, a release or a learning platform, or of a class for its
//! teacher.
//!
//! `--report markdown` calls it, and so do `classroom` and `classroom50`, with a limit. It writes GitHub's Markdown.
//! Whatever a student wrote is escaped or fenced: it creates no table cell, no link, no HTML and no mention.

mod class;
mod escape;
mod explanation;

use std::fmt::Write as _;
use std::io::{self, Write};

use self::escape::{fence, inline};
pub use self::explanation::explanation;
use super::rows::{TestStatus, read};
use super::text::{label, missed, one_line, points, word};
use super::{Format, Renderer};
use crate::printable;
use crate::record::{AnyRecord, Judge, KataRecord, Record, Status, Submission};

/// A page for a person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "a page for people, in GitHub's Markdown"
    }

    fn renderer(&self) -> Renderer {
        Renderer::Class(Self::write)
    }
}

impl Markdown {
    fn write(record: &AnyRecord, out: &mut dyn Write) -> io::Result<()> {
        let is_class = match record.submissions.count() {
            0 => false,
            1 => record.part.is_some(),
            _ => true,
        };
        if !is_class {
            return out.write_all(page(&record.alone(0)?, Screens::Shown).as_bytes());
        }
        class::class(record, out)?;
        out.write_all(unconfined(&record.judge).as_bytes())
    }
}

/// Whether the whole screens are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screens {
    Shown,
    LeftOut,
}

/// Renders the page in at most this many bytes: without the screens if necessary, and truncated with a note if that is
/// not enough.
pub(super) fn within(record: &Record, most: usize) -> String {
    let pages = [Screens::Shown, Screens::LeftOut].map(|screens| page(record, screens));
    let [mut whole, short] = pages;
    if whole.len() <= most {
        return whole;
    }
    if short.len() <= most {
        return short;
    }
    whole = short;
    let note = "\n\n*The rest is left out, because it is too long for this page.*\n";
    let mut end = most.saturating_sub(note.len());
    while !whole.is_char_boundary(end) {
        end -= 1;
    }
    // Lines are kept whole, to avoid half a table cell.
    let end = whole[..end].rfind('\n').unwrap_or(0);
    whole.truncate(end);
    whole.push_str(note);
    whole
}

/// The page of one submission, if there is one.
fn page(record: &Record, screens: Screens) -> String {
    // The page of a single submission is for its student.
    let record = &*record.for_students();
    let mut page = match record.submissions.first() {
        Some(only) => one(record, only, screens),
        None => format!(
            "# {}\n\nThere was no submission to judge.\n",
            inline(&record.course.title)
        ),
    };
    page.push_str(&unconfined(&record.judge));
    page
}

/// Describes what was not enforced; empty if the answers were confined.
fn unconfined(judge: &Judge) -> String {
    let gaps: Vec<_> = judge.not_confined.iter().map(|gap| inline(gap)).collect();
    if gaps.is_empty() {
        return String::new();
    }
    format!("\nThe answers were not confined: {}.\n", gaps.join("; "))
}

fn one(record: &Record, submission: &Submission, screens: Screens) -> String {
    let mut page = format!(
        "# {}: {} points\n",
        inline(&record.course.title),
        points(submission.points())
    );
    if !submission.id.is_empty() {
        let _ = write!(page, "\nSubmitted by {}.\n", inline(&label(submission)));
    }
    for problem in &submission.problems {
        let _ = write!(page, "\n**{}**\n", inline(problem));
    }
    if submission.katas.is_empty() {
        page.push_str("\nThere was no kata to judge.\n");
        return page;
    }
    page.push_str("\n| kata | points | verdict |\n|---|---:|---|\n");
    for kata in &submission.katas {
        let _ = writeln!(
            page,
            "| {} | {} | {} |",
            inline(&kata.kata),
            points(kata.points),
            verdict(kata)
        );
    }
    for kata in submission.katas.iter().filter(|kata| missed(kata)) {
        section(&mut page, kata, screens);
    }
    page
}

/// The verdict as one word, or the headline of a kata that failed.
fn verdict(kata: &KataRecord) -> String {
    let word = word(kata.status);
    match kata.status {
        Status::Passed => format!("**{word}**"),
        Status::Failed => inline(&kata.headline),
        Status::Refused | Status::Missing | Status::Unjudged => word.to_owned(),
    }
}

/// Appends what went wrong with one kata, and what to type next.
fn section(page: &mut String, kata: &KataRecord, screens: Screens) {
    let _ = write!(
        page,
        "\n## {}\n\n{}\n",
        inline(&kata.kata),
        inline(&kata.headline)
    );
    let rows = read(kata);
    let failed = |row: &&super::rows::Row| row.outcome == TestStatus::Failed && row.case.is_some();
    if let Some(row) = rows.iter().find(failed) {
        let own = row.name.strip_prefix(&format!("{}: ", kata.kata));
        let name = inline(own.unwrap_or(&row.name));
        let _ = write!(page, "\n**Case {name}:** {}\n", inline(&row.said));
    }
    if let Some(cause) = kata.causes.first() {
        let _ = write!(
            page,
            "\n> {} {}\n",
            inline(&cause.lead),
            inline(&cause.text)
        );
    }
    if let Some(error) = kata.errors.first() {
        let at = if error.line == 0 {
            String::new()
        } else {
            format!("Line {}: ", error.line)
        };
        let _ = write!(page, "\n**{at}{}**\n", inline(&error.text));
    }
    let screen = printable::lines(&kata.screen);
    if screens == Screens::Shown && !screen.trim().is_empty() {
        let _ = write!(page, "\n{}", fence("text", &screen));
    }
    if kata.status == Status::Unjudged {
        page.push_str(
            "\nThis is not the fault of the answer. Tell your teacher, and run the job again.\n",
        );
        return;
    }
    let id = one_line(&kata.kata);
    let next = format!("katas run {id}\nkatas hint {id}");
    let _ = write!(page, "\nWhat to type next:\n\n{}", fence("sh", &next));
}
