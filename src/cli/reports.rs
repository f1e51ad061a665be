//! `--report FORMAT=PATH`: which reports are wanted, and writing them where they belong.
//!
//! `classroom` without a path goes where a GitHub Actions step leaves what later steps and people read: its outputs, the
//! summary of the job, and annotations in the log.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::exit::Exit;
use super::failure::Failure;
use crate::files::{self, FileAction, FileError};
use crate::record::{AnyRecord, Record};
use crate::report::{
    FORMATS, Format, PathPattern, Request, RequestError, Surroundings, Target, classroom,
    classroom50,
};
use crate::ui::{Ui, plural};

/// Where an Actions step leaves its outputs and its part of the job's summary.
const STEP_OUTPUT: &str = "GITHUB_OUTPUT";
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// The reports that are wanted.
pub(super) struct Reports {
    wanted: Vec<Request>,
    /// Where a step's report goes, if one is wanted.
    step: Option<Step>,
    place: Surroundings,
    /// Which variables a report needs and the environment has not.
    unknown: Vec<&'static str>,
}

struct Step {
    output: PathBuf,
    summary: Option<PathBuf>,
}

impl Reports {
    /// Reads what was typed.
    pub(super) fn read(typed: &[String], of_class: bool) -> Result<Self, Failure> {
        let wanted = Request::read_all(typed, of_class).map_err(refused)?;
        let mut steps = wanted.iter().filter(|wanted| wanted.target == Target::Step);
        let step = steps.next().map(|wanted| step(wanted.format.name()));
        let step = step.transpose()?;
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let variable = |name: &str| std::env::var(name).ok();
        let (place, unknown) = Surroundings::read(variable, since_1970.unwrap_or_default());
        let reads = |wanted: &Request| wanted.format.name() == classroom50::NAME;
        let unknown = if wanted.iter().any(reads) {
            unknown
        } else {
            Vec::new()
        };
        Ok(Self {
            wanted,
            step,
            place,
            unknown,
        })
    }

    /// Whether a report takes standard output for itself.
    pub(super) fn take_output(&self) -> bool {
        self.wanted
            .iter()
            .any(|wanted| matches!(wanted.target, Target::Output))
    }

    /// Writes every report, and says which. Whatever goes to a step is added to, so this is done once.
    pub(super) fn write(&self, record: &AnyRecord, ui: &mut Ui) -> Result<(), Failure> {
        let files = self.write_files(record, ui);
        let mut failed = None;
        for wanted in &self.wanted {
            match &wanted.target {
                Target::File(path) if files.is_ok() && path.is_each() => {
                    let count = plural(record.submissions.count(), "file");
                    ui.status(&format!("Wrote {count}: {}", path.as_str()));
                }
                Target::File(path) if files.is_ok() => {
                    ui.status(&format!("Wrote {}", path.as_str()));
                }
                Target::File(_) => {}
                Target::Output => {
                    ui.report(&mut |out| wanted.format.write(record, &self.place, out));
                }
                Target::Step => {
                    let Some(step) = &self.step else { continue };
                    let alone = record.alone(0).map_err(Failure::unkept)?;
                    let output = wanted.format.render_in(&alone, &self.place);
                    let mut written = append(&step.output, &output);
                    if let Some(summary) = &step.summary {
                        written = written.and(append(summary, &classroom::summary(&alone)));
                    }
                    failed = failed.or(written.err());
                }
            }
        }
        if !self.unknown.is_empty() {
            ui.status(&format!(
                "Not set in the environment: {}. The report says \"unknown\" there.",
                self.unknown.join(", ")
            ));
        }
        files?;
        failed.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Makes sure that the files can be written, without changing any that are there.
    pub(super) fn try_out(&self) -> Result<(), Failure> {
        for wanted in &self.wanted {
            if let Target::File(path) = &wanted.target {
                let tried = files::try_folder(&path.folder());
                tried.map_err(|error| unwritable(error, wanted))?;
            }
        }
        Ok(())
    }

    /// Writes the reports that are files of their own; they can be written again. One that cannot be written keeps none of
    /// the others from being written; the first failure comes back, and others are told.
    pub(super) fn write_files(&self, record: &AnyRecord, ui: &mut Ui) -> Result<(), Failure> {
        let mut failures = Vec::new();
        for wanted in &self.wanted {
            if let Target::File(path) = &wanted.target {
                let written = self.write_to(wanted.format, path, record);
                failures.extend(written.map_err(|error| unwritable(error, wanted)).err());
            }
        }
        let mut failures = failures.into_iter();
        let first = failures.next();
        for other in failures {
            other.show(ui);
        }
        first.map_or(Ok(()), Err)
    }

    fn write_to(
        &self,
        format: &dyn Format,
        path: &PathPattern,
        record: &AnyRecord,
    ) -> Result<(), FileError> {
        let typed = Path::new(path.as_str());
        if !path.is_each() {
            return self.write_file(format, typed, record);
        }
        let mut taken = BTreeSet::new();
        for place in 0..record.submissions.count() {
            let alone = record.alone(place);
            let alone = alone.map_err(FileError::tag(FileAction::Write, typed))?;
            let path = path.of(&alone.submissions[0].id, &mut taken);
            self.write_file(format, Path::new(&path), &alone)?;
        }
        Ok(())
    }

    fn write_file(
        &self,
        format: &dyn Format,
        path: &Path,
        record: &AnyRecord,
    ) -> Result<(), FileError> {
        let is_other = std::fs::metadata(path).is_ok_and(|about| !about.is_file());
        let write = &mut |out: &mut dyn Write| format.write(record, &self.place, out);
        if is_other {
            // A pipe or a device takes what is written and cannot be replaced.
            let opened = File::options().write(true).open(path).map(BufWriter::new);
            let written = opened.and_then(|mut out| write(&mut out).and_then(|()| out.flush()));
            written.map_err(FileError::tag(FileAction::Write, path))?;
        } else {
            files::write_whole_by(path, write)?;
        }
        // Classroom 50 takes the text of the release from the file beside.
        if format.name() == classroom50::NAME
            && path.file_name().is_some_and(|name| name == "result.json")
        {
            let body = path.with_file_name("release-body.md");
            let alone = record
                .alone(0)
                .map_err(FileError::tag(FileAction::Write, &body))?;
            files::write_whole(&body, &classroom50::release_body(&alone))?;
        }
        Ok(())
    }

    /// Writes the annotations of a step, where there is one.
    pub(super) fn annotate(&self, record: &Record, course: &Path, ui: &mut Ui) {
        if self.step.is_some() {
            let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
            let inside =
                workspace.and_then(|root| course.strip_prefix(root).ok().map(Path::to_owned));
            let folder = inside.unwrap_or_default();
            ui.commands(&classroom::annotations(record, &folder.to_string_lossy()));
        }
    }
}

/// The formats, a line each, for the help.
pub(super) fn formats() -> String {
    let longest = FORMATS.iter().map(|format| format.name().len()).max();
    let longest = longest.unwrap_or(0);
    let lines = FORMATS.iter().map(|format| {
        let name = format.name();
        format!("  {name:longest$}  {}\n", format.about())
    });
    format!("Report formats:\n{}", lines.collect::<String>())
}

/// A report that cannot be asked for, with what to ask for instead.
fn refused(error: RequestError) -> Failure {
    let hint = match &error {
        RequestError::UnknownFormat(_) => {
            let known: Vec<_> = FORMATS.iter().map(|format| format.name()).collect();
            format!("the formats are {}", known.join(", "))
        }
        RequestError::NoPath(name) => format!("give it one: --report {name}=PATH"),
        RequestError::OneSubmission(name) => {
            format!("write one for each submission: --report '{name}=reports/{{id}}.json'")
        }
        RequestError::SamePlace(_) => "give each report its own file".to_owned(),
    };
    Failure::new(Exit::Usage, error.to_string()).hinted(hint)
}

fn step(name: &str) -> Result<Step, Failure> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let output = set(STEP_OUTPUT).ok_or_else(|| {
        let message = format!("the report `{name}` has no path, and {STEP_OUTPUT} is not set");
        Failure::new(Exit::Usage, message).hinted(format!(
            "run it in a step of a GitHub Actions workflow, or give it a path: --report {name}=PATH"
        ))
    })?;
    Ok(Step {
        output: PathBuf::from(output),
        summary: set(STEP_SUMMARY).map(PathBuf::from),
    })
}

/// Adds to a file that others write to as well.
fn append(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut options = File::options();
    let opened = options.append(true).create(true).open(path);
    let written = opened.and_then(|mut file| file.write_all(bytes));
    written.map_err(FileError::tag(FileAction::Write, path))
}

/// A report that cannot be written, with another place to write it to.
fn unwritable(error: FileError, wanted: &Request) -> Failure {
    let name = wanted.format.name();
    Failure::from(error).hinted_instead(format!("choose another file: --report {name}=PATH"))
}
