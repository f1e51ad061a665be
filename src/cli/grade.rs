//! `katas grade`: judges other people's answers, with the strictest confinement: one submission, or a whole class.
//!
//! No link to an untrusted file is followed, and nothing is written into the course: no progress, no editor files, no
//! answers created from starters. Whatever happens, every requested report is written completely.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::Args;

use super::class_key::{EnvironmentKey, class_key};
use super::exit::Exit;
use super::failure::Failure;
use super::here;
use super::reports::{self, Reports};
use super::stop;
use crate::catalog::{Course, Kata};
use crate::class::{self, Deal, Journal, Plan, Settings, Step, Work};
use crate::files::Cache;
use crate::grade::{self, Unconfined};
use crate::record::{AnyRecord, CourseAbout, Judge, KataAbout, Record, Spool};
use crate::sandbox::Author;
use crate::spec::{Credit, SealedResults};
use crate::track::TRACKS;
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
    /// Judge the answers in this folder or zip, using the course around the current folder
    #[arg(long, value_name = "DIR", conflicts_with = "class")]
    submission: Option<PathBuf>,
    /// Write a report; can be given several times. The formats are listed below; `-` is standard output, and `{id}` in a
    /// path writes a separate report for each submission
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<String>,
    /// How many answers to judge at once [default: the number of processors]. Each may use a gibibyte of memory
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: Option<u16>,
    /// Continue where a run over the same class was stopped
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

pub(super) fn grade(command: &Grade, given: EnvironmentKey, ui: &mut Ui) -> Result<Exit, Failure> {
    let reports = Reports::read(&command.report, command.class.is_some())?;
    let mut asked = RecordDraft::default();
    let judged = judged(command, given, &reports, &mut asked, ui);
    judged.inspect_err(|failure| {
        // The report of a single submission must exist, so it says why there are no verdicts. The teacher of a class
        // reads the screen, and may want to keep the reports of an earlier run.
        if !asked.is_told && command.class.is_none() {
            let record = asked.unjudged(&format!("not judged: {}.", failure.message()));
            let _ = reports.write(&record, ui);
        }
    })
}

fn judged(
    command: &Grade,
    given: EnvironmentKey,
    reports: &Reports,
    asked: &mut RecordDraft,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let key = class_key(command.key_file.as_ref(), given)?;
    let (course, _) = here::course(ui)?;
    let katas = katas(command, &course, asked, ui)?;
    let confined = grade::confined(Author::Untrusted);
    if let (true, Some(warning)) = (command.allow_unconfined, confined.warning()) {
        ui.status(&warning);
    }
    let cache = Cache::of_this_user()?;
    let only = match katas.as_slice() {
        [kata] => Some(kata.id.clone()),
        _ => None,
    };
    let endings: Vec<_> = TRACKS.iter().map(|track| track.extension()).collect();
    let class = command.class.as_deref();
    let (mut found, alone) = match (class, &command.submission) {
        (Some(class), _) => (
            Some(class::find(class, &endings, only.as_deref(), &cache)?),
            None,
        ),
        (None, Some(submission)) => (None, Some(class::submission(submission, &endings)?)),
        (None, None) => (None, Some(class::single(&course.root))),
    };
    let settings = Settings {
        title: &course.description.title,
        credit: course.description.credit,
        sealed: course.description.sealed,
        tracks: class::tracks(
            found
                .as_ref()
                .map_or(alone.as_slice(), |found| &found.submissions),
            &katas,
        ),
        katas,
        key: key.as_ref(),
        time_limit: command.time_limit.map(Duration::from_secs),
        jobs: jobs(command),
        unconfined: match command.allow_unconfined {
            true => Unconfined::Allow,
            false => Unconfined::Refuse,
        },
        cache: &cache,
        tell: ui::wording,
    };
    let mut line = ProgressLine::default();
    let plan = Plan::new(settings, &mut |step| line.show(ui, &step));
    line.clear(ui);
    let plan = plan?;
    asked.course = plan.course.clone();
    asked.judge = Some(plan.judge.clone());
    let stop = stop::on_signals()?;
    for (track, error) in plan.unavailable() {
        ui.status(&format!("answers in {track} are not judged here: {error}"));
    }
    let submissions = match &mut found {
        Some(found) => std::mem::take(&mut found.submissions),
        None => alone.into_iter().collect(),
    };
    let deal = deal(command)?;
    let part = deal.map(|deal| deal.part(&submissions));
    let submissions = match deal {
        Some(deal) => deal.share(submissions),
        None => submissions,
    };
    let mut journal = match class {
        None => None,
        Some(class) => Some(Journal::open(&cache, class, deal, command.resume)?),
    };
    let work = Work {
        plan: &plan,
        submissions: &submissions,
        stop: &stop,
        of_class: class.is_some(),
    };
    let submissions = if let Some(found) = &found {
        // A report that cannot be written fails before anything is judged.
        reports.try_out()?;
        ui.passed_over(&found.passed_over, only.as_deref());
        let mut progress = ClassProgress::start(ui, work.answers());
        let submissions = class::run(&work, journal.as_mut(), &mut |step| {
            progress.step(ui, &step);
        });
        progress.finish(ui);
        submissions.map_err(Failure::unkept)?
    } else {
        one(&work, asked, reports, ui)?
    };
    let record = plan.record(part, submissions);
    asked.is_told = true;
    let written = reports.write(&record, ui);
    // A job whose log the student can read may judge a single submission.
    let alone = AnyRecord::alone(&record, 0).map_err(Failure::unkept)?;
    let seen = alone.for_students();
    if !reports.take_output() {
        if class.is_some() {
            ui.class(&record).map_err(Failure::unkept)?;
        } else {
            ui.submission(&seen);
            reports.annotate(&seen, &course.root, ui);
        }
    }
    written?;
    let told: &AnyRecord = if class.is_some() { &record } else { &*seen };
    Ok(match () {
        () if stop.load(Ordering::Relaxed) => Exit::Interrupted,
        () if command.fail_on_miss && !is_passed(told)? => Exit::NotYet,
        () => Exit::Passed,
    })
}

const ENDED: &str = "not judged: the grader was stopped before this answer's turn.";

/// Judges the only submission; the reports always contain the results so far, so they survive if katas is killed.
fn one(
    work: &Work<'_>,
    asked: &mut RecordDraft,
    reports: &Reports,
    ui: &mut Ui,
) -> Result<Spool, Failure> {
    let mut so_far = asked.unjudged(ENDED);
    asked.is_told = true;
    reports.write_files(&so_far, ui)?;
    let mut progress = ClassProgress::start(ui, so_far.submissions[0].katas.len());
    let submissions = class::run(work, None, &mut |step| {
        if let Step::Done { record, .. } = step {
            so_far.put(record);
            // All of them are written again at the end, where a failure is reported.
            let _ = reports.write_files(&so_far, ui);
        }
        progress.step(ui, &step);
    });
    progress.clear();
    submissions.map_err(Failure::unkept)
}

/// Whether every answer passed.
fn is_passed(record: &AnyRecord) -> Result<bool, Failure> {
    record.all_passed().map_err(Failure::unkept)
}

/// The named katas, or all of them; the draft of the record is filled in as soon as they are known.
fn katas(
    command: &Grade,
    course: &Course,
    asked: &mut RecordDraft,
    ui: &mut Ui,
) -> Result<Vec<Kata>, Failure> {
    asked.course.title.clone_from(&course.description.title);
    asked.course.credit = course.description.credit;
    asked.course.sealed = course.description.sealed;
    let named = command.ids.iter().map(|id| course.lookup(id));
    let named = named
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| here::told(error, ui))?;
    let mut ids: Vec<&str> = course.ids().collect();
    ids.retain(|id| named.is_empty() || named.contains(id));
    asked.course.katas = ids.iter().map(|id| KataAbout::unread(id)).collect();
    let mut katas = Vec::new();
    for (id, about) in ids.iter().zip(&mut asked.course.katas) {
        let kata = course.kata(id).map_err(|error| here::told(error, ui))?;
        about.title.clone_from(&kata.spec.title);
        about.points = kata.spec.points;
        katas.push(kata);
    }
    asked.course.make_printable();
    Ok(katas)
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

/// What is known about the request when something goes wrong.
struct RecordDraft {
    course: CourseAbout,
    judge: Option<Judge>,
    /// Whether the reports were already written, as far as possible.
    is_told: bool,
}

impl Default for RecordDraft {
    fn default() -> Self {
        Self {
            course: CourseAbout {
                title: String::new(),
                credit: Credit::default(),
                sealed: SealedResults::default(),
                // A report without any row would look broken.
                katas: vec![KataAbout::unread("katas")],
            },
            judge: None,
            is_told: false,
        }
    }
}

impl RecordDraft {
    /// The record of a submission that was not judged.
    fn unjudged(&self, headline: &str) -> Record {
        let judge = self.judge.clone().unwrap_or_else(Judge::not_ready);
        Record::unjudged(judge, self.course.clone(), headline)
    }
}
