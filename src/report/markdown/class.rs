//! A class in Markdown: students × katas, and the mistakes that were made most.
//!
//! `markdown` calls it for a record of a class. It shows no screens; the `html` page does.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::text::{label, points};
use super::escape::inline;
use crate::record::{KataRecord, Record, Status, shown};
use crate::words::plural;

/// The most mistakes that are listed.
const MOST: usize = 12;

/// Writes the page.
pub(super) fn class(record: &Record) -> String {
    let students = plural(record.submissions.len(), "submission");
    let mut page = format!("# {}: {students}\n", inline(&record.course.title));
    if let Some(part) = &record.part {
        let _ = write!(
            page,
            "\nThis is part {} of {}, out of {}.\n",
            part.index,
            part.of,
            plural(part.submissions, "submission")
        );
    }
    table(&mut page, record);
    mistakes(&mut page, record);
    let troubled = record
        .submissions
        .iter()
        .filter(|one| !one.problems.is_empty());
    let troubled: Vec<_> = troubled.collect();
    if !troubled.is_empty() {
        page.push_str("\n## Submissions to look at\n\n");
    }
    for submission in troubled {
        let problems: Vec<_> = submission.problems.iter().map(|one| inline(one)).collect();
        let _ = writeln!(
            page,
            "- {}: {}",
            inline(&label(submission)),
            problems.join("; ")
        );
    }
    page
}

fn table(page: &mut String, record: &Record) {
    let katas = &record.course.katas;
    page.push_str("\n| student |");
    for kata in katas {
        let _ = write!(page, " {} |", inline(&kata.id));
    }
    page.push_str(" points |\n|---|");
    page.push_str(&"---:|".repeat(katas.len() + 1));
    page.push('\n');
    for submission in &record.submissions {
        let _ = write!(page, "| {} |", inline(&label(submission)));
        for about in katas {
            let kata = submission.katas.iter().find(|kata| kata.kata == about.id);
            let _ = write!(page, " {} |", kata.map(cell).unwrap_or_default());
        }
        let _ = writeln!(page, " {} |", points(submission.points()));
    }
    let passed = |id: &str| {
        let all = record.submissions.iter().flat_map(|one| &one.katas);
        let passed = all.filter(|kata| kata.kata == id && kata.status == Status::Passed);
        passed.count()
    };
    page.push_str("| **passed** |");
    for kata in katas {
        let _ = write!(page, " **{}** |", passed(&kata.id));
    }
    page.push_str("  |\n");
}

/// A kata's points, in bold when it passed, and a word where they do not say enough.
fn cell(kata: &KataRecord) -> String {
    let points = shown(kata.points.given);
    match kata.status {
        Status::Passed => format!("**{points}**"),
        Status::Failed => points,
        Status::Refused => format!("{points}, does not compile"),
        Status::Missing => "–".to_owned(),
        Status::Unjudged => "not judged".to_owned(),
    }
}

fn mistakes(page: &mut String, record: &Record) {
    let mut known: BTreeMap<(&str, &str), (usize, String)> = BTreeMap::new();
    let mut unknown: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for kata in record.submissions.iter().flat_map(|one| &one.katas) {
        if let Some(cause) = kata.causes.first() {
            let words = format!("{} {}", inline(&cause.lead), inline(&cause.text));
            known.entry((&kata.kata, &cause.id)).or_insert((0, words)).0 += 1;
        } else if let Some(outputs) = &kata.outputs {
            *unknown.entry((&kata.kata, outputs)).or_default() += 1;
        }
    }
    let mut lines: Vec<_> = known
        .into_iter()
        .map(|((kata, cause), (count, words))| (count, kata, inline(cause), words))
        .collect();
    let same = unknown.into_iter().filter(|(_, count)| *count > 1);
    lines.extend(same.map(|((kata, _), count)| {
        let words = "No cause explains these answers, and they all give the same outputs.";
        (
            count,
            kata,
            "the same wrong outputs".to_owned(),
            words.to_owned(),
        )
    }));
    if lines.is_empty() {
        return;
    }
    lines.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    page.push_str(
        "\n## The commonest mistakes\n\n| answers | kata | mistake | |\n|---:|---|---|---|\n",
    );
    for (count, kata, mistake, words) in lines.iter().take(MOST) {
        let _ = writeln!(page, "| {count} | {} | {mistake} | {words} |", inline(kata));
    }
    if lines.len() > MOST {
        let _ = write!(
            page,
            "\n… and {}.\n",
            plural(lines.len() - MOST, "more mistake")
        );
    }
}
