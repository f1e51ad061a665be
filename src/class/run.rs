//! Judges submissions in parallel: each worker takes the next answer.
//!
//! Whatever an answer does, and whatever goes wrong while it is judged, affects only its own record. The same answer
//! is judged once, no matter who submitted it.
//!
//! The sealed cases of a submission run after all its other cases, across all katas: an answer can make the time
//! depend on a sealed input, and a case that ran afterwards could print the time.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use super::keep::Keep;
use super::shared::Shared;
use super::stage::{Done, Stage};
use super::work::{RecordOrigin, Work, unjudged};
use super::{Journal, one};
use crate::files::Piece;
use crate::record::{KataRecord, Spool, Submission};
use crate::sandbox::stay_on_one;

/// An event of a run.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// One answer is done.
    Done {
        /// The result.
        record: &'a KataRecord,
        /// How.
        how: RecordOrigin,
    },
    /// A stop was requested; running answers are being finished.
    Stopping,
}

/// How often the stop flag is checked.
const LOOK: Duration = Duration::from_millis(100);

/// Judges all answers of all submissions in any order; the records are stored as they arrive, and end up in the order
/// of the submissions.
///
/// # Errors
/// When records cannot be stored. Then running answers are finished and cached, and the rest are not judged.
pub fn run(
    work: &Work<'_>,
    mut journal: Option<&mut Journal>,
    on_step: &mut dyn FnMut(Step<'_>),
) -> std::io::Result<Spool> {
    let katas = work.plan.course.katas.len();
    let tasks = work.answers();
    let cache = work.plan.settings.cache;
    let mut spool = Spool::new(cache.spill());
    let mut pieces: Vec<Option<Piece>> = vec![None; tasks];
    let mut failed = None;
    let found = work.submissions.iter();
    let mut problems: Vec<Vec<String>> = found.map(|found| found.problems.clone()).collect();
    let resumed = journal.as_deref_mut().and_then(Journal::take);
    let shared = Shared::new(tasks, resumed, cache);
    std::thread::scope(|scope| {
        // The channel is bounded by the number of workers, because each message is a whole record.
        let (sender, receiver) = sync_channel(work.plan.settings.jobs);
        for place in 0..work.plan.settings.jobs.clamp(1, tasks.max(1)) {
            let sender = sender.clone();
            let shared = &shared;
            scope.spawn(move || {
                stay_on_one(place, work.plan.settings.jobs);
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
            let submission = done.task / katas;
            if let (Some(key), Some(journal)) = (done.unkept, journal.as_deref_mut()) {
                // A journal that cannot be written only costs a later run time.
                let _ = journal.add(key, &done.record);
            }
            on_step(Step::Done {
                record: &done.record,
                how: done.how,
            });
            problems[submission].extend(done.problem);
            match spool.put(&done.record) {
                Ok(piece) => pieces[done.task] = Some(piece),
                Err(error) => {
                    shared.stop();
                    failed.get_or_insert(error);
                }
            }
        }
    });
    Keep::of(cache).prune();
    if let Some(error) = failed {
        return Err(error);
    }
    for (submission, (found, mut problems)) in work.submissions.iter().zip(problems).enumerate() {
        problems.dedup();
        let row = pieces[submission * katas..].iter();
        let row = row.zip(&work.plan.course.katas);
        let row = row.map(|(piece, kata)| match piece {
            Some(piece) => Ok(*piece),
            None => spool.put(&unjudged(kata, STOPPED)),
        });
        let row = row.collect::<std::io::Result<_>>()?;
        let person = Submission {
            id: found.id.clone(),
            student: found.student.clone(),
            katas: Vec::new(),
            problems,
        };
        spool.add(&person, row)?;
    }
    Ok(spool)
}

const STOPPED: &str = "not judged: the run was stopped before its turn.";

fn worker(work: &Work<'_>, shared: &Shared<'_>, sender: &SyncSender<Done>) {
    let katas = work.plan.course.katas.len();
    while !work.stop.load(Ordering::Relaxed) {
        let Some(task) = shared.next() else { break };
        let (done, waiting) = match one::unsealed(work, shared, task) {
            Stage::Done(done) => (Some(done), None),
            Stage::Waiting(waiting) => (None, Some(*waiting)),
        };
        let ready = shared.judged(task / katas, katas, waiting).into_iter();
        let ready = ready.map(|waiting| one::sealed(work, shared, waiting));
        let mut done = done.into_iter().chain(ready);
        if !done.all(|done| sender.send(*done).is_ok()) {
            break;
        }
    }
}
