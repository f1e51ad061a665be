//! The wrong answer from which a pitfall is created: a file, or a student's answer in the record of a class.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use super::super::init::quoted;
use crate::catalog;
use crate::files;
use crate::grade::LARGEST_ANSWER;
use crate::report;
use crate::track::{Track, Tracks};

#[derive(Args)]
#[command(group(ArgGroup::new("answer").required(true).args(["from", "from_record"])))]
pub(super) struct Which {
    /// The wrong answer that makes the mistake
    #[arg(long, value_name = "ANSWER")]
    from: Option<PathBuf>,
    /// Take the answer from this record of a class instead, written by `--report json=FILE`
    #[arg(long, value_name = "FILE", requires = "student")]
    from_record: Option<PathBuf>,
    /// Whose answer to take from the record: the id of the submission
    #[arg(
        long,
        value_name = "ID",
        requires = "from_record",
        allow_hyphen_values = true
    )]
    student: Option<String>,
}

/// The wrong answer.
pub(super) struct WrongAnswer {
    /// Its name in messages.
    pub(super) what: String,
    pub(super) source: String,
    pub(super) track: &'static dyn Track,
    /// The command that shows what it does; `None` if it is not in a separate file.
    pub(super) run: Option<String>,
}

/// The maximum number of names that an error lists.
const NAMED: usize = 3;

/// Reads the answer to a kata.
pub(super) fn given(which: &Which, kata: &str, tracks: Tracks) -> Result<WrongAnswer, Failure> {
    match (&which.from, &which.from_record, &which.student) {
        (_, Some(record), Some(student)) => of_record(record, student, kata, tracks),
        (Some(answer), ..) => of_file(answer, kata, tracks),
        _ => Err(usage("no answer was given")
            .hinted("pass one: `--from ANSWER`, or `--from-record FILE --student ID`")),
    }
}

fn of_file(answer: &Path, kata: &str, tracks: Tracks) -> Result<WrongAnswer, Failure> {
    let track = here::track_of(tracks, answer)?;
    let shown = answer.display().to_string();
    let source = match files::read_bounded(&here::behind_links(answer)?, LARGEST_ANSWER)? {
        None => {
            return Err(usage(format!(
                "{shown} is not a regular file, or it is larger than {} KiB",
                LARGEST_ANSWER / 1024
            ))
            .hinted("check the name"));
        }
        Some(bytes) => String::from_utf8(bytes).map_err(|_| {
            usage(format!("{shown} is not UTF-8 text")).hinted("save it again as UTF-8")
        })?,
    };
    Ok(WrongAnswer {
        run: Some(format!("katas run {kata} --answer {}", quoted(&shown))),
        what: shown,
        source,
        track,
    })
}

fn of_record(
    file: &Path,
    student: &str,
    kata: &str,
    tracks: Tracks,
) -> Result<WrongAnswer, Failure> {
    let shown = file.display();
    let opened = files::open(&here::behind_links(file)?)?;
    let opened = opened.ok_or_else(|| usage(format!("{shown} is not a file")).hinted(wanted()))?;
    let (mut found, mut ids) = (None, Vec::new());
    let record = report::read_each(BufReader::new(opened), &mut |submission| {
        ids.push(submission.id.clone());
        if submission.id == student && found.is_none() {
            found = Some(submission);
        }
        Ok(())
    });
    let record = record.map_err(|error| usage(format!("{shown}: {error}")).hinted(wanted()))?;
    let submission = found.ok_or_else(|| nobody(&ids, student, &shown.to_string()))?;
    let judged = submission
        .katas
        .into_iter()
        .find(|judged| judged.kata == kata);
    let judged = judged.ok_or_else(|| {
        let known = record.course.katas.iter().map(|about| about.id.as_str());
        usage(format!("{shown} has no kata `{kata}`")).hinted(format!("it has {}", listed(known)))
    })?;
    let answer = judged.answer.ok_or_else(|| {
        usage(format!("`{student}` submitted no answer to {kata}")).hinted("choose another student")
    })?;
    let source = answer.source.ok_or_else(|| {
        usage(format!("{shown} does not contain the answers themselves"))
            .hinted(format!("the record of a whole class does: {WRITES}"))
    })?;
    Ok(WrongAnswer {
        what: format!("the answer of `{student}`"),
        source,
        track: here::track_of(tracks, Path::new(&answer.file))?,
        run: None,
    })
}

const WRITES: &str = "`katas grade --class DIR --report json=class.json`";

fn wanted() -> String {
    format!("{WRITES} writes one")
}

/// The error for an unknown id, with similar ids.
fn nobody(ids: &[String], student: &str, file: &str) -> Failure {
    let ids = ids.iter().map(String::as_str);
    let near = catalog::near(ids.clone(), student);
    let failure = usage(format!("{file} has no submission `{student}`"));
    if ids.clone().all(str::is_empty) {
        return failure.hinted(format!(
            "it is not the record of a class: {WRITES} writes one"
        ));
    }
    if near.is_empty() {
        return failure.hinted(format!("it has {}", listed(ids)));
    }
    let near: Vec<_> = near.iter().map(|id| format!("`{id}`")).collect();
    failure.hinted(format!("did you mean {}?", near.join(" or ")))
}

/// The first names, and the number of others.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    let first = names.iter().take(NAMED).map(|name| format!("`{name}`"));
    let first = first.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn usage(message: impl Into<String>) -> Failure {
    Failure::new(Exit::Usage, message)
}
