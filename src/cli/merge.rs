//! `katas merge`: joins the records of a class's parts into the reports that one run over all of it would have written.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use super::reports::{self, Reports};
use crate::class;
use crate::files;
use crate::report;
use crate::ui::Ui;

/// The most bytes of a record that are read.
const LARGEST: u64 = 1 << 30;

#[derive(Args)]
#[command(after_help = reports::formats())]
pub(super) struct Merge {
    /// The records of all parts, as `katas grade --partition … --report json=FILE` wrote them
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
    /// Write a report of the whole class; can be given several times
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<String>,
}

pub(super) fn merge(command: &Merge, ui: &mut Ui) -> Result<Exit, Failure> {
    let reports = Reports::read(&command.report, true)?;
    let mut records = Vec::new();
    for path in &command.results {
        let there = here::behind_links(path);
        let there = there.map_err(|error| Failure::from(error).hinted_instead(RECORDS))?;
        let bytes = files::read_bounded(&there, LARGEST)?.ok_or_else(|| {
            let message = format!("{} is larger than any record", path.display());
            Failure::new(Exit::Usage, message).hinted(RECORDS)
        })?;
        let record = report::read(&bytes).map_err(|error| {
            Failure::new(Exit::Usage, format!("{}: {error}", path.display())).hinted(RECORDS)
        })?;
        records.push((path.display().to_string(), record));
    }
    let joined = class::merge(records).map_err(|error| {
        Failure::new(Exit::Usage, error.to_string())
            .hinted("name the record of every part once, all from the same katas, course and class")
    })?;
    reports.write(&joined, ui)?;
    if !reports.take_output() {
        ui.class(&joined);
        if command.report.is_empty() {
            ui.blank();
            ui.say(
                0,
                "Nothing was written; --report FORMAT=PATH names a report to write.",
            );
        }
    }
    Ok(Exit::Passed)
}

const RECORDS: &str = "`katas grade --class DIR --partition N/M --report json=FILE` writes records";
