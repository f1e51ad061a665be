//! `--report FORMAT=PATH`: which reports are wanted, and writing them where they belong.

use std::path::PathBuf;

use super::exit::Exit;
use super::failure::Failure;
use crate::files;
use crate::record::Record;
use crate::report::{self, FORMATS, Format};
use crate::ui::Ui;

/// In a path, what stands for a submission's id: then each submission has a report of its own.
const EACH: &str = "{id}";

/// The reports that are wanted.
pub(super) struct Reports(Vec<Wanted>);

struct Wanted {
    format: &'static dyn Format,
    path: String,
}

impl Reports {
    /// Reads what was typed.
    pub(super) fn read(typed: &[String], of_class: bool) -> Result<Self, Failure> {
        let all = typed.iter().map(|typed| wanted(typed, of_class));
        Ok(Self(all.collect::<Result<_, _>>()?))
    }

    /// Writes every report.
    pub(super) fn write(&self, record: &Record, _ui: &mut Ui) -> Result<(), Failure> {
        self.write_files(record)
    }

    /// Writes the reports that are files.
    pub(super) fn write_files(&self, record: &Record) -> Result<(), Failure> {
        for wanted in &self.0 {
            if wanted.path.contains(EACH) {
                for submission in &record.submissions {
                    let mut alone = record.clone();
                    alone.submissions = vec![submission.clone()];
                    let path = wanted.path.replace(EACH, &plain(&submission.id));
                    files::write_whole(&PathBuf::from(path), &wanted.format.render(&alone))?;
                }
            } else {
                let path = PathBuf::from(&wanted.path);
                files::write_whole(&path, &wanted.format.render(record))?;
            }
        }
        Ok(())
    }

    /// Says what was written.
    pub(super) fn tell(&self, ui: &mut Ui) {
        for wanted in &self.0 {
            ui.status(&format!("Wrote {}", wanted.path));
        }
    }
}

fn wanted(typed: &str, of_class: bool) -> Result<Wanted, Failure> {
    let (name, path) = typed.split_once('=').unwrap_or((typed, ""));
    let format = report::format(name).ok_or_else(|| {
        let known: Vec<_> = FORMATS.iter().map(|format| format.name()).collect();
        Failure::new(Exit::Usage, format!("there is no report called `{name}`"))
            .hinted(format!("the formats are {}", known.join(", ")))
    })?;
    if path.is_empty() {
        return Err(Failure::new(
            Exit::Usage,
            format!("the report `{name}` has no place to go to"),
        )
        .hinted(format!("name its file: --report {name}=PATH")));
    }
    if of_class && !format.holds_class() && !path.contains(EACH) {
        return Err(Failure::new(
            Exit::Usage,
            format!("a report `{name}` holds one submission and not a class"),
        )
        .hinted(format!(
            "write one for each: --report '{name}=reports/{EACH}.{name}'"
        )));
    }
    Ok(Wanted {
        format,
        path: path.to_owned(),
    })
}

/// A submission's id as the name of a file.
fn plain(id: &str) -> String {
    let id = if id.is_empty() { "submission" } else { id };
    let plain = id.replace(['/', '\\', '\0'], "_");
    plain.trim_start_matches('.').to_owned()
}
