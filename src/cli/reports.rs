//! `--report FORMAT=PATH`: which reports are requested, and writing them.
//!
//! `classroom` without a path goes to the outputs of the GitHub Actions step, the summary of the job, and annotations
//! in the log.

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

/// The variables with the files for an Actions step's outputs and its part of the job's summary.
const STEP_OUTPUT: &str = "GITHUB_OUTPUT";
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// The requested reports.
pub(super) struct Reports {
    wanted: Vec<Request>,
    /// Where a step's report goes, if one is requested.
    step: Option<Step>,
    place: Surroundings,
    /// Variables that a report needs and that are not set.
    unknown: Vec<&'static str>,
}

struct Step {
    output: PathBuf,
    summary: Option<PathBuf>,
}

impl Reports {
    /// Parses the arguments.
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

    /// Whether a report goes to standard output.
    pub(super) fn take_output(&self) -> bool {
        self.wanted
            .iter()
            .any(|wanted| matches!(wanted.target, Target::Output))
    }

    /// Writes every report, and says which. The files of a step are appended to, so call this only once.
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

    /// Checks that the files can be written, without changing existing ones.
    pub(super) fn try_out(&self) -> Result<(), Failure> {
        for wanted in &self.wanted {
            if let Target::File(path) = &wanted.target {
                let tried = files::try_folder(&path.folder());
                tried.map_err(|error| unwritable(error, wanted))?;
            }
        }
        Ok(())
    }

    /// Writes the reports that are separate files; this can be repeated. If one cannot be written, the others still
    /// are; the first failure is returned, and the others are shown.
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
            // A pipe or a device is written to directly and cannot be replaced.
            let opened = File::options().write(true).open(path).map(BufWriter::new);
            let written = opened.and_then(|mut out| write(&mut out).and_then(|()| out.flush()));
            written.map_err(FileError::tag(FileAction::Write, path))?;
        } else {
            files::write_whole_by(path, write)?;
        }
        // Classroom 50 takes the text of the release from a file next to the report.
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

    /// Writes the annotations, if this is a step.
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

/// The formats, one per line, for the help.
pub(super) fn formats() -> String {
    let longest = FORMATS.iter().map(|format| format.name().len()).max();
    let longest = longest.unwrap_or(0);
    let lines = FORMATS.iter().map(|format| {
        let name = format.name();
        format!("  {name:longest$}  {}\n", format.about())
    });
    format!("Report formats:\n{}", lines.collect::<String>())
}

/// The error for an invalid request for a report, with a hint.
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

/// Appends to a file that others also write to.
fn append(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut options = File::options();
    let opened = options.append(true).create(true).open(path);
    let written = opened.and_then(|mut file| file.write_all(bytes));
    written.map_err(FileError::tag(FileAction::Write, path))
}

/// The error for a report that cannot be written, with a hint.
fn unwritable(error: FileError, wanted: &Request) -> Failure {
    let name = wanted.format.name();
    Failure::from(error).hinted_instead(format!("choose another file: --report {name}=PATH"))
}
