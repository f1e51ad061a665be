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
use super::here;
use crate::catalog::{Course, Kata};
use crate::files::{self, FileAction, FileError};
use crate::printable;
use crate::record::{self, AnyRecord, Judge, Record, Submission};
use crate::report::{self, FORMATS, Format, Surroundings, classroom, classroom50};
use crate::ui::{self, Ui, plural};
use crate::verdict::KataResult;

/// In a path, what stands for a submission's id: then each submission has a report of its own.
const EACH: &str = "{id}";

/// The path that stands for standard output.
const OUTPUT: &str = "-";

/// Where an Actions step leaves its outputs and its part of the job's summary.
const STEP_OUTPUT: &str = "GITHUB_OUTPUT";
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// The reports that are wanted.
pub(super) struct Reports {
    wanted: Vec<Wanted>,
    place: Surroundings,
    /// Which variables a report needs and the environment has not.
    unknown: Vec<&'static str>,
}

struct Wanted {
    format: &'static dyn Format,
    target: Target,
}

/// Where a report goes.
enum Target {
    /// To a file.
    File(String),
    /// To standard output, instead of the table.
    Output,
    /// To the step of an Actions workflow.
    Step(Step),
}

struct Step {
    output: PathBuf,
    summary: Option<PathBuf>,
}

impl Reports {
    /// Reads what was typed.
    pub(super) fn read(typed: &[String], of_class: bool) -> Result<Self, Failure> {
        let wanted = typed.iter().map(|typed| wanted(typed, of_class));
        let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
        differ(&wanted)?;
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let variable = |name: &str| std::env::var(name).ok();
        let (place, unknown) = Surroundings::read(variable, since_1970.unwrap_or_default());
        let reads = |wanted: &Wanted| wanted.format.name() == classroom50::NAME;
        let unknown = if wanted.iter().any(reads) {
            unknown
        } else {
            Vec::new()
        };
        Ok(Self {
            wanted,
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
                Target::File(path) if files.is_ok() && path.contains(EACH) => {
                    let count = plural(record.submissions.count(), "file");
                    ui.status(&format!("Wrote {count}: {path}"));
                }
                Target::File(path) if files.is_ok() => ui.status(&format!("Wrote {path}")),
                Target::File(_) => {}
                Target::Output => {
                    ui.report(&mut |out| wanted.format.write(record, &self.place, out));
                }
                Target::Step(step) => {
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
                let folder = Path::new(path).parent().unwrap_or(Path::new("."));
                let folder = folder.to_string_lossy().replace(EACH, "");
                let tried = files::try_folder(Path::new(&folder));
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
        path: &str,
        record: &AnyRecord,
    ) -> Result<(), FileError> {
        if !path.contains(EACH) {
            return self.write_file(format, Path::new(path), record);
        }
        let mut taken = BTreeSet::new();
        for place in 0..record.submissions.count() {
            let alone = record.alone(place);
            let alone = alone.map_err(FileError::tag(FileAction::Write, Path::new(path)))?;
            let path = path.replace(EACH, &plain(&alone.submissions[0].id, &mut taken));
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
        if self
            .wanted
            .iter()
            .any(|wanted| matches!(wanted.target, Target::Step(_)))
        {
            let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
            let inside =
                workspace.and_then(|root| course.strip_prefix(root).ok().map(Path::to_owned));
            let folder = inside.unwrap_or_default();
            ui.commands(&classroom::annotations(record, &folder.to_string_lossy()));
        }
    }
}

/// The record of one run of a learner's own answer.
pub(super) fn of_run(course: &Course, kata: Kata, result: &KataResult) -> Result<Record, Failure> {
    let told = ui::told(result, &kata.spec);
    let mut made = record::made(result, &kata.spec, course.description.credit, told);
    made.answer = Some(record::Answer {
        track: result.track.to_owned(),
        file: printable::line(&result.answer.to_string_lossy()).into_owned(),
        digest: result.digest.clone(),
        source: None,
    });
    made.took = u64::try_from(result.took.as_millis()).ok();
    Ok(Record {
        format: record::FORMAT.to_owned(),
        // Nobody joins it with others, so what judged it is told no further than a reader needs it.
        judge: Judge {
            confined: vec![result.confined.words()],
            not_confined: result.confined.missing.clone(),
            ..Judge::not_ready()
        },
        course: here::about(course, &[kata])?,
        part: None,
        submissions: vec![Submission {
            katas: vec![made],
            ..Submission::default()
        }],
    })
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

fn wanted(typed: &str, of_class: bool) -> Result<Wanted, Failure> {
    let usage = |message: String| Failure::new(Exit::Usage, message);
    let (name, path) = typed.split_once('=').unwrap_or((typed, ""));
    let format = report::format(name).ok_or_else(|| {
        let known: Vec<_> = FORMATS.iter().map(|format| format.name()).collect();
        usage(format!("there is no report format `{name}`"))
            .hinted(format!("the formats are {}", known.join(", ")))
    })?;
    let target = match path {
        "" if format.is_appended() => Target::Step(step(name)?),
        "" => {
            return Err(usage(format!("the report `{name}` has no path"))
                .hinted(format!("give it one: --report {name}=PATH")));
        }
        OUTPUT => Target::Output,
        path => Target::File(path.to_owned()),
    };
    if of_class && !format.holds_class() && !path.contains(EACH) {
        return Err(usage(format!(
            "a report `{name}` is about one submission, not a class"
        ))
        .hinted(format!(
            "write one for each submission: --report '{name}=reports/{EACH}.json'"
        )));
    }
    Ok(Wanted { format, target })
}

/// Makes sure that no two reports go to the same place.
fn differ(wanted: &[Wanted]) -> Result<(), Failure> {
    let mut places = BTreeSet::new();
    for one in wanted {
        let place = match &one.target {
            Target::File(path) => path.as_str(),
            Target::Output => OUTPUT,
            Target::Step(_) => continue,
        };
        if !places.insert(place) {
            return Err(
                Failure::new(Exit::Usage, format!("two reports go to {place}"))
                    .hinted("give each report its own file"),
            );
        }
    }
    Ok(())
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
fn unwritable(error: FileError, wanted: &Wanted) -> Failure {
    let name = wanted.format.name();
    Failure::from(error).hinted_instead(format!("choose another file: --report {name}=PATH"))
}

/// The most bytes of a submission's id in the name of a file: systems take 255, and something stands around it.
const LONGEST: usize = 150;

/// A submission's id as the name of a file, another one for each id.
fn plain(id: &str, taken: &mut BTreeSet<String>) -> String {
    let id = if id.is_empty() { "submission" } else { id };
    let shown = printable::line(id);
    let plain = shown.replace(['/', '\\', ':'], "_");
    let plain = match plain.trim_start_matches('.') {
        "" => "submission",
        plain => plain,
    };
    let mut numbers = 2..;
    let short = |plain: &str| -> String {
        let chars = plain.char_indices().take_while(|(at, _)| *at < LONGEST);
        chars.map(|(_, char)| char).collect()
    };
    let plain = short(plain);
    let mut name = plain.clone();
    // Some file systems do not tell capitals apart.
    while !taken.insert(name.to_lowercase()) {
        name = format!("{plain} ({})", numbers.next().unwrap_or_default());
    }
    name
}
