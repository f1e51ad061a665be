//! Judges submissions side by side: each worker takes the next answer that nobody has taken.
//!
//! Whatever an answer does, and whatever goes wrong with judging it, ends as a record of that answer alone. The same
//! answer is judged once, whoever handed it in.
//!
//! The sealed cases of a submission run after all its other cases, of every kata: an answer can choose by a sealed input how
//! long that takes, and a case that ran afterwards could print the clock.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::keep::Keep;
use super::one::{self, Done, Part};
use super::shared::Shared;
use super::{Found, Journal, Plan};
use crate::record::{KataAbout, KataRecord, Status, Submission};
use crate::sandbox::stay_on_one;

/// How a record came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The answer was judged now.
    Judged,
    /// The same answer was judged before.
    Kept,
    /// There was nothing to judge.
    Nothing,
}

/// Something happened.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// One answer is done.
    Done {
        /// What came of it.
        record: &'a KataRecord,
        /// How.
        how: How,
    },
    /// Someone asked to stop, and what is running is being finished.
    Stopping,
}

/// How soon it is told that someone asked to stop.
const LOOK: Duration = Duration::from_millis(100);

/// What work is done with.
pub struct Work<'a> {
    /// What to judge by.
    pub plan: &'a Plan<'a>,
    /// The submissions.
    pub submissions: &'a [Found],
    /// How many answers are judged at once.
    pub jobs: usize,
    /// Set from outside to stop: what is running is finished, the rest is left.
    pub stop: &'a AtomicBool,
    /// Whether records are of a class: with the answers' texts, without times.
    pub of_class: bool,
}

impl Work<'_> {
    /// How many answers there are to judge, those that are missing too.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.submissions.len() * self.plan.course.katas.len()
    }
}

/// Judges all answers of all submissions, in no order; the records are in the order of the submissions.
pub fn work(
    work: &Work<'_>,
    mut journal: Option<&mut Journal>,
    on_step: &mut dyn FnMut(Step<'_>),
) -> Vec<Submission> {
    let katas = work.plan.course.katas.len();
    let tasks = work.answers();
    let mut rows: Vec<Vec<Option<KataRecord>>> = vec![vec![None; katas]; work.submissions.len()];
    let found = work.submissions.iter();
    let mut problems: Vec<Vec<String>> = found.map(|found| found.problems.clone()).collect();
    let resumed = journal.as_deref_mut().map(Journal::take);
    let shared = Shared::new(tasks, resumed.unwrap_or_default());
    std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        for place in 0..work.jobs.clamp(1, tasks.max(1)) {
            let sender = sender.clone();
            let shared = &shared;
            scope.spawn(move || {
                stay_on_one(place, work.jobs);
                worker(work, shared, &sender);
            });
        }
        drop(sender);
        let mut is_told = false;
        loop {
            let received = receiver.recv_timeout(LOOK);
            let is_ending = matches!(received, Err(RecvTimeoutError::Disconnected));
            if work.stop.load(Ordering::Relaxed)
                && !is_ending
                && !std::mem::replace(&mut is_told, true)
            {
                on_step(Step::Stopping);
            }
            let done = match received {
                Ok(done) => done,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => continue,
            };
            let (submission, kata) = (done.task / katas, done.task % katas);
            if let (Some(key), Some(journal)) = (done.unkept, journal.as_deref_mut()) {
                // A journal that cannot be written costs a later run its time, and this one nothing.
                let _ = journal.add(key, &done.record);
            }
            on_step(Step::Done {
                record: &done.record,
                how: done.how,
            });
            problems[submission].extend(done.problem);
            rows[submission][kata] = Some(done.record);
        }
    });
    Keep::of(work.plan.settings.cache).prune();
    let rows = rows.into_iter().zip(problems).zip(work.submissions);
    rows.map(|((row, mut problems), found)| {
        problems.dedup();
        Submission {
            id: found.id.clone(),
            student: found.student.clone(),
            katas: row
                .into_iter()
                .zip(&work.plan.course.katas)
                .map(|(record, kata)| record.unwrap_or_else(|| unjudged(kata, STOPPED)))
                .collect(),
            problems,
        }
    })
    .collect()
}

const STOPPED: &str = "not judged: the run was stopped before its turn.";

pub(super) fn unjudged(kata: &KataAbout, headline: &str) -> KataRecord {
    KataRecord::without_cases(&kata.id, Status::Unjudged, kata.points, headline)
}

fn worker(work: &Work<'_>, shared: &Shared, sender: &Sender<Done>) {
    let katas = work.plan.course.katas.len();
    while !work.stop.load(Ordering::Relaxed) {
        let Some(task) = shared.next() else { break };
        let (done, waiting) = match one::unsealed(work, shared, task) {
            Part::Done(done) => (Some(done), None),
            Part::Waiting(waiting) => (None, Some(*waiting)),
        };
        let ready = shared.judged(task / katas, katas, waiting).into_iter();
        let ready = ready.map(|waiting| one::sealed(work, shared, waiting));
        let mut done = done.into_iter().chain(ready);
        if !done.all(|done| sender.send(*done).is_ok()) {
            break;
        }
    }
}
