//! `katas run`: judges an answer and shows the result.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::judged::{self, Offer};
use super::reports::Reports;
use super::{after, here, solution};
use crate::catalog::{Course, Kata};
use crate::files::{self, Cache};
use crate::grade::{self, Cases, GradeError};
use crate::progress::Progress;
use crate::record;
use crate::sandbox::Author;
use crate::track::{Purpose, Session, Sessions, Track, Tracks};
use crate::ui::{self, ProgressLine, Summary, Ui};
use crate::verdict::KataResult;

#[derive(Args)]
pub(super) struct Run {
    /// The kata [default: the next one you have not passed]
    id: Option<String>,
    /// Judge your answers to every kata
    #[arg(long, conflicts_with_all = ["id", "case", "answer"])]
    all: bool,
    /// Run only this shown case, numbered from 1 as on the screen
    #[arg(long, value_name = "N")]
    case: Option<usize>,
    /// Judge this file instead of your own answer
    #[arg(long, value_name = "FILE", requires = "id")]
    answer: Option<PathBuf>,
    /// Judge your answer in this language: {languages} [default: that of your newest answer]
    #[arg(long, value_name = "LANGUAGE", conflicts_with_all = ["answer", "all"])]
    track: Option<String>,
    /// Show everything, however many lines it takes
    #[arg(long, conflicts_with = "all")]
    full: bool,
    /// Stop an answer that runs longer than this [default: 10, or what the kata says]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    time_limit: Option<u64>,
    /// Write a report of the result to a file, in a format that `katas grade --help` lists
    #[arg(long, value_name = "FORMAT=PATH", conflicts_with = "all")]
    report: Vec<String>,
}

pub(super) fn run(command: &Run, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let reports = Reports::read(&command.report, false)?;
    if reports.take_output() {
        return Err(Failure::new(
            Exit::Usage,
            "`katas run` shows the result itself, so its report goes to a file",
        )
        .hinted("give it a path, such as --report json=result.json"));
    }
    let (course, mut progress) = here::course(ui)?;
    let limit = command.time_limit.map(Duration::from_secs);
    if command.full {
        ui.show_all();
    }
    if command.all {
        return run_all(&course, tracks, &mut progress, limit, ui);
    }
    if command.id.is_none() && command.case.is_none() && here::next(&course, &progress).is_none() {
        return super::home::home(tracks, ui);
    }
    let kata = here::kata(&course, &progress, command.id.as_deref(), ui)?;
    files::sweep(&kata.folder());
    if command.id.is_none() {
        ui.say(0, &format!("Judging {}, {}", kata.id, kata.spec.title));
        ui.blank();
    }
    let cases = match command.case {
        None => Cases::All,
        Some(number) => Cases::Only(shown_case(&kata, number)?),
    };
    let cache = Cache::of_this_user()?;
    let bench = |session, ui: &Ui| Bench {
        session,
        cache: &cache,
        cases,
        time_limit: limit,
        width: ui.width(),
    };
    let result = match &command.answer {
        Some(file) => {
            let track = here::track_of(tracks, file)?;
            let there = here::behind_links(file)?;
            let session = here::session(track, &cache, ui)?;
            bench(&*session, ui).judge(&kata, &there, file)?
        }
        None => {
            let track = match &command.track {
                Some(name) => here::named_track(tracks, name)?,
                None => tracks.current(&kata),
            };
            let path = kata.root.join(kata.answer(track.extension()));
            if here::make_answer(&kata, track)? {
                let shown = here::from_here(&path);
                let shown = shown.display();
                ui.say(
                    0,
                    &format!("Created {shown} from the starter: write your answer there."),
                );
                ui.blank();
            }
            let session = here::session(track, &cache, ui)?;
            let (there, shown_as) = (here::behind_links(&path)?, here::from_here(&path));
            let result = bench(&*session, ui).judge(&kata, &there, &shown_as)?;
            help_editor(&course, track, &*session, ui);
            result
        }
    };
    judged::warnings(&kata, &result, ui);
    let offer = if cases == Cases::All && command.answer.is_none() {
        judged::own(&course, tracks, &mut progress, (&kata, &result), ui)?
    } else {
        ui.result(&result, &kata.spec);
        let judged = match command.answer {
            Some(_) => solution::Judged::Another,
            None => solution::Judged::Own,
        };
        Offer::of(tracks, &kata, &progress, &result, judged)
    };
    let is_whole = command.case.is_none();
    let offer = (offer.help, offer.compare);
    after::next_steps(&course, &progress, &result, is_whole, offer, ui);
    if !command.report.is_empty() {
        let told = ui::wording(&result, &kata.spec);
        let about = here::about(&course, std::slice::from_ref(&kata))?;
        let gave_up = progress.has_given_up(&kata.id);
        let record = record::of_run(&result, &kata.spec, about, told, gave_up);
        reports.write(&record, ui)?;
    }
    Ok(if result.passed() {
        Exit::Passed
    } else {
        Exit::NotYet
    })
}

/// The session of a track, and the options.
struct Bench<'a> {
    session: &'a dyn Session,
    cache: &'a Cache,
    cases: Cases,
    time_limit: Option<Duration>,
    width: usize,
}

impl Bench<'_> {
    fn judge(&self, kata: &Kata, file: &Path, shown_as: &Path) -> Result<KataResult, GradeError> {
        grade::judge(&grade::Request {
            cases: self.cases,
            time_limit: self.time_limit,
            ..grade::Request::own(kata, self.session, (file, shown_as), self.cache, self.width)
        })
    }
}

/// Writes the files for editors; a failure does not affect the verdict.
fn help_editor(course: &Course, track: &dyn Track, session: &dyn Session, ui: &mut Ui) {
    let answers = here::answers(course, track);
    if let Err(error) = session.help_editor(&course.root, &answers) {
        let reasons =
            std::iter::successors(std::error::Error::source(&error), |error| error.source());
        let why: String = reasons.map(|reason| format!(": {reason}")).collect();
        ui.status(&format!(
            "Could not write the files for your editor: {error}{why}"
        ));
    }
}

fn shown_case(kata: &Kata, number: usize) -> Result<usize, Failure> {
    let count = kata.spec.cases.len();
    let case = number
        .checked_sub(1)
        .and_then(|index| kata.spec.cases.get(index));
    match case {
        Some(case) if case.expect.is_some() => Ok(number),
        Some(_) => Err(Failure::new(
            Exit::Usage,
            format!("case {number} of {} is hidden", kata.id),
        )
        .hinted("hidden cases run automatically once every shown case passes")),
        None => Err(
            Failure::new(Exit::Usage, format!("{} has no case {number}", kata.id))
                .hinted(format!("its cases are 1 to {count}")),
        ),
    }
}

fn run_all(
    course: &Course,
    tracks: Tracks,
    progress: &mut Progress,
    time_limit: Option<Duration>,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let mut rows: Vec<(String, Summary)> = Vec::new();
    let mut broken = Vec::new();
    let cache = Cache::of_this_user()?;
    let sessions = Sessions::new(&cache, Purpose::One);
    for id in course.ids() {
        let kata = match course.kata(id) {
            Ok(kata) => kata,
            Err(error) => {
                broken.push(here::told(error, ui));
                rows.push((id.to_owned(), Summary::Broken));
                continue;
            }
        };
        let track = tracks.current(&kata);
        let path = kata.root.join(kata.answer(track.extension()));
        if !path.is_file() {
            rows.push((id.to_owned(), Summary::NoAnswer));
            continue;
        }
        let mut line = ProgressLine::default();
        let session = sessions.of(track, &mut |step| line.show(ui, &step));
        line.clear(ui);
        let session = session?;
        let bench = Bench {
            session: &*session,
            cache: &cache,
            cases: Cases::All,
            time_limit,
            width: ui.width(),
        };
        let (there, shown_as) = (here::behind_links(&path)?, here::from_here(&path));
        let result = match bench.judge(&kata, &there, &shown_as) {
            Ok(result) => result,
            // A broken kata does not affect the others.
            Err(GradeError::Catalog(error)) => {
                broken.push(here::told(error, ui));
                rows.push((id.to_owned(), Summary::Broken));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        judged::record(progress, &kata, &result)?;
        rows.push((id.to_owned(), Summary::Judged(Box::new(result))));
    }
    if let Some(warning) = grade::confined(Author::Own).warning() {
        ui.status(&warning);
    }
    ui.summary(&rows);
    let exits: Vec<Exit> = broken.iter().map(|failure| failure.show(ui)).collect();
    let all_passed = rows.iter().all(|(_, summary)| summary.passed());
    Ok(match exits.first() {
        Some(exit) => *exit,
        None if all_passed => Exit::Passed,
        None => Exit::NotYet,
    })
}
