//! `katas grade`: judges other people's answers, with the strictest confinement: one submission, or a whole class.
//!
//! No link to an untrusted file is followed, and nothing is written into the course: no progress, no editor files, no
//! answers created from starters. Whatever happens, every requested report is written completely.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;

use super::class_key::{EnvironmentKey, class_key};
use super::exit::Exit;
use super::failure::Failure;
use super::here;
use super::reports::{self, Reports};
use super::stop;
use crate::catalog::{Course, Kata};
use crate::class::{Deal, Draft, Grading, Settings, Source, Step};
use crate::files::Cache;
use crate::grade::{self, Unconfined};
use crate::record::{AnyRecord, Record, Spool};
use crate::sandbox::Author;
use crate::seal::ClassKey;
use crate::track::Tracks;
use crate::ui::{self, ClassProgress, ProgressLine, Ui};

/// The maximum number of answers that are judged at once: each may take a gibibyte of memory.
const MOST_JOBS: usize = 64;

#[derive(Args)]
#[command(after_help = reports::formats())]
pub(super) struct Grade {
    /// The katas [default: every kata of the course]
    ids: Vec<String>,
    /// Judge a class: a folder of submissions, or a zip exported from Gradescope, Moodle or Canvas
    #[arg(long, value_name = "DIR")]
    class: Option<PathBuf>,
    /// Judge the answers in this folder or zip, using the course that contains the current folder
    #[arg(long, value_name = "DIR", conflicts_with = "class")]
    submission: Option<PathBuf>,
    /// Write a report; can be given several times. The formats are listed below; `-` is standard output, and `{id}` in a
    /// path writes a separate report for each submission
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<String>,
    /// How many answers to judge at once [default: the number of processors]. Each answer may use a gibibyte of memory
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: Option<u16>,
    /// Continue where a stopped run over the same class left off
    #[arg(long, requires = "class")]
    resume: bool,
    /// Judge only one part of the class, such as 3/16; `auto` reads it from Slurm, Kubernetes or GitHub Actions
    #[arg(long, value_name = "N/M", requires = "class")]
    partition: Option<String>,
    /// Stop an answer that runs longer than this [default: 10, or what the kata says]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    time_limit: Option<u64>,
    /// Run the sealed cases with the class key in this file [default: the key in KATAS_CLASS_KEY]
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Judge even where this machine cannot confine the answers
    #[arg(long)]
    allow_unconfined: bool,
    /// Exit with code 1 if any answer does not pass
    #[arg(long)]
    fail_on_miss: bool,
}

pub(super) fn grade(
    command: &Grade,
    tracks: Tracks,
    given: EnvironmentKey,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let reports = Reports::read(&command.report, command.class.is_some())?;
    let mut draft = Draft::default();
    let asked = Asked::read(command, given, &mut draft, ui);
    let (asked, katas) =
        asked.inspect_err(|failure| unjudged(command, failure, &draft, &reports, ui))?;
    let ready = prepare(command, tracks, &asked, katas, ui);
    let ready = ready.inspect_err(|failure| unjudged(command, failure, &draft, &reports, ui))?;
    judge(command, ready, &asked.course.root, &reports, ui)
}

/// If the report of a single submission is expected, writes one that says why there are no verdicts. In a class, the
/// teacher reads the screen and may want to keep the reports of an earlier run.
fn unjudged(command: &Grade, failure: &Failure, draft: &Draft, reports: &Reports, ui: &mut Ui) {
    if command.class.is_none() {
        let _ = reports.write(&draft.unjudged(failure.message()), ui);
    }
}

/// The parts of the request that are read from files.
struct Asked {
    key: Option<ClassKey>,
    course: Course,
    cache: Cache,
}

impl Asked {
    fn read(
        command: &Grade,
        given: EnvironmentKey,
        draft: &mut Draft,
        ui: &mut Ui,
    ) -> Result<(Self, Vec<Kata>), Failure> {
        let key = class_key(command.key_file.as_ref(), given)?;
        let (course, _) = here::course(ui)?;
        let katas = draft.katas(&course, &command.ids);
        let katas = katas.map_err(|error| here::told(error, ui))?;
        let cache = Cache::of_this_user()?;
        let asked = Self { key, course, cache };
        Ok((asked, katas))
    }
}

/// The submissions, ready to judge, and the flag that stops judging.
type Ready<'a> = (Grading<'a>, Arc<AtomicBool>);

fn prepare<'a>(
    command: &Grade,
    tracks: Tracks,
    asked: &'a Asked,
    katas: Vec<Kata>,
    ui: &mut Ui,
) -> Result<Ready<'a>, Failure> {
    let confined = grade::confined(Author::Untrusted);
    if let (true, Some(warning)) = (command.allow_unconfined, confined.warning()) {
        ui.status(&warning);
    }
    let source = match (&command.class, &command.submission) {
        (Some(path), _) => Source::Class {
            path,
            deal: deal(command)?,
            resume: command.resume,
        },
        (None, Some(path)) => Source::Submission(path),
        (None, None) => Source::Own(&asked.course.root),
    };
    let description = &asked.course.description;
    let settings = Settings {
        title: &description.title,
        credit: description.credit,
        sealed: description.sealed,
        katas,
        tracks: tracks.all().to_vec(),
        key: asked.key.as_ref(),
        time_limit: command.time_limit.map(Duration::from_secs),
        jobs: jobs(command),
        unconfined: match command.allow_unconfined {
            true => Unconfined::Allow,
            false => Unconfined::Refuse,
        },
        cache: &asked.cache,
        tell: ui::wording,
    };
    let mut line = ProgressLine::default();
    let grading = Grading::prepare(source, settings, &mut |step| line.show(ui, &step));
    line.clear(ui);
    let grading = grading?;
    let stop = stop::on_signals()?;
    for (track, error) in grading.plan.unavailable() {
        ui.status(&format!("answers in {track} are not judged here: {error}"));
    }
    Ok((grading, stop))
}

fn judge(
    command: &Grade,
    (mut grading, stop): Ready<'_>,
    course: &Path,
    reports: &Reports,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let record = match command.class {
        Some(_) => of_class(&mut grading, &stop, reports, ui)?,
        None => of_one(&mut grading, &stop, reports, ui)?,
    };
    let written = reports.write(&record, ui);
    // A job whose log the student can read may judge a single submission.
    let alone = AnyRecord::alone(&record, 0).map_err(Failure::unkept)?;
    let seen = alone.for_students();
    if !reports.take_output() {
        if command.class.is_some() {
            ui.class(&record).map_err(Failure::unkept)?;
        } else {
            ui.submission(&seen);
            reports.annotate(&seen, course, ui);
        }
    }
    written?;
    let told: &AnyRecord = if command.class.is_some() {
        &record
    } else {
        &*seen
    };
    Ok(match () {
        () if stop.load(Ordering::Relaxed) => Exit::Interrupted,
        () if command.fail_on_miss && !is_passed(told)? => Exit::NotYet,
        () => Exit::Passed,
    })
}

/// Judges a class.
fn of_class(
    grading: &mut Grading<'_>,
    stop: &AtomicBool,
    reports: &Reports,
    ui: &mut Ui,
) -> Result<Record<Spool>, Failure> {
    // Fail now if a report cannot be written, before any work is done.
    reports.try_out()?;
    let only = match grading.plan.course.katas.as_slice() {
        [kata] => Some(kata.id.as_str()),
        _ => None,
    };
    ui.passed_over(grading.passed_over(), only);
    let mut progress = ClassProgress::start(ui, grading.answers());
    let record = grading.judge(stop, &mut |step| progress.step(ui, &step));
    progress.finish(ui);
    record.map_err(Failure::unkept)
}

/// Judges a single submission. The reports always contain the results so far, in case this process is killed.
fn of_one(
    grading: &mut Grading<'_>,
    stop: &AtomicBool,
    reports: &Reports,
    ui: &mut Ui,
) -> Result<Record<Spool>, Failure> {
    let mut so_far = grading.plan.unjudged();
    reports.write_files(&so_far, ui)?;
    let mut progress = ClassProgress::start(ui, grading.answers());
    let record = grading.judge(stop, &mut |step| {
        if let Step::Done { record, .. } = step {
            so_far.put(record);
            // All of them are written again at the end, where a failure is reported.
            let _ = reports.write_files(&so_far, ui);
        }
        progress.step(ui, &step);
    });
    progress.clear();
    record.map_err(Failure::unkept)
}

/// Whether every answer passed.
fn is_passed(record: &AnyRecord) -> Result<bool, Failure> {
    record.all_passed().map_err(Failure::unkept)
}

/// The part of the class to judge.
fn deal(command: &Grade) -> Result<Option<Deal>, Failure> {
    let typed = command.partition.as_deref();
    let read = typed.map(|typed| Deal::read(typed, &|name| std::env::var(name).ok()));
    read.transpose()
        .map_err(|error| Failure::new(Exit::Usage, error.to_string()))
}

fn jobs(command: &Grade) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, NonZero::get);
    let jobs = command.jobs.map_or_else(processors, usize::from);
    jobs.min(MOST_JOBS)
}
