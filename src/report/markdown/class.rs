//! A class in Markdown: students × katas, and the most common mistakes.
//!
//! `markdown` calls it for a record of a class. It shows no screens; the `html` page does.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::io::{Result, Write};

use super::super::text::{label, points};
use super::escape::inline;
use crate::record::{AnyRecord, KataRecord, Status, shown};
use crate::words::plural;

/// The maximum number of mistakes that are listed.
const MOST: usize = 12;

/// Writes the page.
pub(super) fn class(record: &AnyRecord, out: &mut dyn Write) -> Result<()> {
    let students = plural(record.submissions.count(), "submission");
    writeln!(out, "# {}: {students}", inline(&record.course.title))?;
    if let Some(part) = &record.part {
        writeln!(
            out,
            "\nThis is part {} of {}, out of {}.",
            part.index,
            part.of,
            plural(part.submissions, "submission")
        )?;
    }
    let mut mistakes = Mistakes::default();
    table(record, &mut mistakes, out)?;
    mistakes.write(out)?;
    troubled(record, out)
}

/// Writes the table, and counts the mistakes along the way.
fn table(record: &AnyRecord, mistakes: &mut Mistakes, out: &mut dyn Write) -> Result<()> {
    let katas = &record.course.katas;
    write!(out, "\n| student |")?;
    for kata in katas {
        write!(out, " {} |", inline(&kata.id))?;
    }
    writeln!(out, " points |\n|---|{}", "---:|".repeat(katas.len() + 1))?;
    let mut passed = vec![0; katas.len()];
    for submission in record.submissions.each() {
        let submission = submission?;
        write!(out, "| {} |", inline(&label(&submission)))?;
        for (about, passed) in katas.iter().zip(&mut passed) {
            let mut named = submission.katas.iter().filter(|kata| kata.kata == about.id);
            let first = named.next();
            write!(out, " {} |", first.map(cell).unwrap_or_default())?;
            let all = first.into_iter().chain(named);
            *passed += all.filter(|kata| kata.status == Status::Passed).count();
        }
        writeln!(out, " {} |", points(submission.points()))?;
        submission
            .katas
            .iter()
            .for_each(|kata| mistakes.count(kata));
    }
    write!(out, "| **passed** |")?;
    for passed in passed {
        write!(out, " **{passed}** |")?;
    }
    writeln!(out, "  |")
}

/// Lists the submissions with problems.
fn troubled(record: &AnyRecord, out: &mut dyn Write) -> Result<()> {
    let mut any = false;
    for place in 0..record.submissions.count() {
        let submission = record.submissions.person(place)?;
        if submission.problems.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut any, true) {
            writeln!(out, "\n## Submissions to look at\n")?;
        }
        let problems: Vec<_> = submission.problems.iter().map(|one| inline(one)).collect();
        let label = inline(&label(&submission));
        writeln!(out, "- {label}: {}", problems.join("; "))?;
    }
    Ok(())
}

/// A kata's points, in bold if it passed, with a word if the points are not enough.
fn cell(kata: &KataRecord) -> String {
    let points = shown(kata.points.given);
    match kata.status {
        Status::Passed => format!("**{points}**"),
        Status::Failed => points,
        Status::Refused => format!("{points}, cannot be run"),
        Status::Missing => "–".to_owned(),
        Status::Unjudged => "not judged".to_owned(),
    }
}

/// Counts the mistakes. Every answer may have a different wrong output, so only their hashes are stored.
#[derive(Default)]
struct Mistakes {
    /// By kata and cause, each with the first text.
    known: BTreeMap<(String, String), (usize, String)>,
    /// By kata and hash of the outputs that no cause explains.
    unknown: BTreeMap<String, HashMap<u64, u32>>,
    hash: RandomState,
}

impl Mistakes {
    fn count(&mut self, kata: &KataRecord) {
        if let Some(cause) = kata.causes.first() {
            let key = (kata.kata.clone(), cause.id.clone());
            let words = || format!("{} {}", inline(&cause.lead), inline(&cause.text));
            self.known.entry(key).or_insert_with(|| (0, words())).0 += 1;
        } else if let Some(outputs) = &kata.outputs {
            let hash = self.hash.hash_one(outputs);
            let of_kata = self.unknown.entry(kata.kata.clone()).or_default();
            *of_kata.entry(hash).or_default() += 1;
        }
    }

    fn write(&self, out: &mut dyn Write) -> Result<()> {
        const SAME: &str = "the same wrong outputs";
        const WORDS: &str = "No cause explains these answers, and they all give the same outputs.";
        let known = self.known.iter();
        let mut lines: Vec<(usize, &str, &str, &str)> = known
            .map(|((kata, cause), (count, words))| {
                (*count, kata.as_str(), cause.as_str(), words.as_str())
            })
            .collect();
        for (kata, outputs) in &self.unknown {
            let same = outputs.values().filter(|count| **count > 1);
            lines.extend(same.map(|count| (*count as usize, kata.as_str(), SAME, WORDS)));
        }
        if lines.is_empty() {
            return Ok(());
        }
        lines.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(other.1)));
        writeln!(
            out,
            "\n## Most common mistakes\n\n| answers | kata | mistake | |\n|---:|---|---|---|"
        )?;
        for (count, kata, mistake, words) in lines.iter().take(MOST) {
            let (kata, mistake) = (inline(kata), inline(mistake));
            writeln!(out, "| {count} | {kata} | {mistake} | {words} |")?;
        }
        if lines.len() > MOST {
            let more = plural(lines.len() - MOST, "more mistake");
            writeln!(out, "\n… and {more}.")?;
        }
        Ok(())
    }
}
