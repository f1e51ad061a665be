//! Judging from start to finish: finds the submissions, prepares the tools, and turns the results into a record. `cli`
//! names the submissions, shows the progress and writes the reports.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::find::{self, Class, SubmissionFiles};
use super::plan::{Plan, Settings};
use super::run::{Step, run};
use super::work::Work;
use super::{ClassError, Deal, Journal};
use crate::catalog::Kata;
use crate::files::FileError;
use crate::grade::GradeError;
use crate::record::{ClassPart, Record, Spool};
use crate::track::{Progress, Track};

/// The submissions to judge.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// The learner's own answers, in this course.
    Own(&'a Path),
    /// A submission elsewhere: a folder or a zip.
    Submission(&'a Path),
    /// A class.
    Class {
        /// Its folder or zip.
        path: &'a Path,
        /// The part to judge; `None` for the whole class.
        deal: Option<Deal>,
        /// Whether to continue an earlier run that was stopped.
        resume: bool,
    },
}

/// Judging could not begin.
#[derive(Debug, thiserror::Error)]
pub enum GradingError {
    /// The submissions could not be found.
    #[error(transparent)]
    Class(#[from] ClassError),
    /// The tools could not be prepared.
    #[error(transparent)]
    Grade(#[from] GradeError),
    /// The journal could not be opened.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Submissions that are ready to be judged.
pub struct Grading<'a> {
    /// The plan for judging them.
    pub plan: Plan<'a>,
    class: Class,
    part: Option<ClassPart>,
    /// `None` for a single submission.
    journal: Option<Journal>,
}

impl<'a> Grading<'a> {
    /// Finds the submissions and prepares the tools for the languages that they use.
    ///
    /// # Errors
    /// When there are no submissions, no tools work, or another katas process is judging this class.
    pub fn prepare(
        source: Source<'_>,
        mut settings: Settings<'a>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, GradingError> {
        let endings = settings.tracks.iter().map(|track| track.extension());
        let endings: Vec<_> = endings.collect();
        let alone = match settings.katas.as_slice() {
            [kata] => Some(kata.id.as_str()),
            _ => None,
        };
        let cache = settings.cache;
        let mut class = match source {
            Source::Own(course) => Class::of_one(find::single(course)),
            Source::Submission(path) => Class::of_one(find::submission(path, &endings)?),
            Source::Class { path, .. } => find::find(path, &endings, alone, cache)?,
        };
        settings.tracks = used(&settings.tracks, &class.submissions, &settings.katas);
        let plan = Plan::new(settings, progress)?;
        let (mut part, mut journal) = (None, None);
        if let Source::Class { path, deal, resume } = source {
            if let Some(deal) = deal {
                part = Some(deal.part(&class.submissions));
                class.submissions = deal.share(class.submissions);
            }
            journal = Some(Journal::open(cache, path, deal, resume)?);
        }
        Ok(Self {
            plan,
            class,
            part,
            journal,
        })
    }

    /// The number of answers to judge, including missing ones.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.class.submissions.len() * self.plan.course.katas.len()
    }

    /// The names of entries of the class that are not submissions.
    #[must_use]
    pub fn passed_over(&self) -> &[String] {
        &self.class.passed_over
    }

    /// Judges all answers until `stop` is set; answers that are being judged then are finished.
    ///
    /// # Errors
    /// When results cannot be stored.
    pub fn judge(
        &mut self,
        stop: &AtomicBool,
        on_step: &mut dyn FnMut(Step<'_>),
    ) -> std::io::Result<Record<Spool>> {
        let work = Work {
            plan: &self.plan,
            submissions: &self.class.submissions,
            stop,
            of_class: self.journal.is_some(),
        };
        let judged = run(&work, self.journal.as_mut(), on_step)?;
        Ok(self.plan.record(self.part.clone(), judged))
    }
}

/// The tracks to prepare: those of the existing answers, so that tools of other languages are not needed. If all
/// answers are unchanged starters, the first track of a kata.
fn used(
    tracks: &[&'static dyn Track],
    submissions: &[SubmissionFiles],
    katas: &[Kata],
) -> Vec<&'static dyn Track> {
    let has = |track: &dyn Track| {
        let mut all = submissions.iter();
        all.any(|one| one.has_answer(katas, track.extension()))
    };
    let mut used = tracks.to_vec();
    used.retain(|track| has(*track));
    if used.is_empty() {
        let offered = |track: &&&dyn Track| {
            let mut katas = katas.iter();
            katas.any(|kata| kata.has_starter(track.extension()))
        };
        used.extend(tracks.iter().find(offered).or(tracks.first()));
    }
    used
}
