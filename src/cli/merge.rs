//! `katas merge`: combines the records of a class's parts into the reports that a single run would have written.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use super::reports::{self, Reports};
use crate::class;
use crate::files::{self, Cache, Spill};
use crate::record::{Record, Spool, Submissions};
use crate::report;
use crate::ui::Ui;

#[derive(Args)]
#[command(after_help = reports::formats())]
pub(super) struct Merge {
    /// The records of all parts, written by `katas grade --partition … --report json=FILE`
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
    /// Write a report on the whole class; can be given several times
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<String>,
}

pub(super) fn merge(command: &Merge, ui: &mut Ui) -> Result<Exit, Failure> {
    let reports = Reports::read(&command.report, true)?;
    // If there can be no cache for this user, the temporary folder is used.
    let spill = Cache::of_this_user().map(|cache| cache.spill());
    let mut spool = Spool::new(spill.unwrap_or_else(|_| Spill::in_folder(&std::env::temp_dir())));
    let mut records = Vec::new();
    for path in &command.results {
        let record = read(path, &mut spool)?;
        records.push((path.display().to_string(), record));
    }
    let ids = spool.sort().map_err(Failure::unkept)?;
    let joined = class::merge(records, &ids).map_err(|error| {
        Failure::new(Exit::Usage, error.to_string())
            .hinted("pass the record of every part once, all from the same version of katas, the same course and the \
                     same class")
    })?;
    let joined = joined.with(spool);
    reports.write(&joined, ui)?;
    if !reports.take_output() {
        ui.class(&joined).map_err(Failure::unkept)?;
        if command.report.is_empty() {
            ui.blank();
            ui.say(0, "No report was written; --report FORMAT=PATH writes one.");
        }
    }
    Ok(Exit::Passed)
}

/// Reads a record of any size into the spool; returns the number of its submissions.
fn read(path: &Path, spool: &mut Spool) -> Result<Record<usize>, Failure> {
    let there = here::behind_links(path);
    let there = there.map_err(|error| Failure::from(error).hinted_instead(RECORDS))?;
    let file = files::open(&there)?.ok_or_else(|| {
        let message = format!("{} is not a file", path.display());
        Failure::new(Exit::Usage, message).hinted(RECORDS)
    })?;
    let before = spool.count();
    let mut failed = None;
    let read = report::read_each(BufReader::new(file), &mut |submission| {
        spool.push(&submission).map_err(|error| {
            let says = error.to_string();
            failed = Some(error);
            std::io::Error::other(says)
        })
    });
    if let Some(error) = failed {
        return Err(Failure::unkept(error));
    }
    let record = read.map_err(|error| {
        Failure::new(Exit::Usage, format!("{}: {error}", path.display())).hinted(RECORDS)
    })?;
    Ok(record.with(spool.count() - before))
}

const RECORDS: &str = "`katas grade --class DIR --partition N/M --report json=FILE` writes records";
