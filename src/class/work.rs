//! Judges submissions side by side: each worker takes the next answer that nobody has taken.
//!
//! Whatever an answer does, and whatever goes wrong with judging it, ends as a record of that answer alone. The same
//! answer is judged once, whoever handed it in.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::keep::{Keep, Key};
use super::place::Handed;
use super::{Found, Journal, Plan};
use crate::grade::{self, Answer, Cases, GradeError, Request};
use crate::record::{self, KataRecord, Status, Submission, clean, made};
use crate::sandbox::{Author, stay_on_one};
use crate::seal::hex::encode;
use crate::verdict::{CaseVerdict, Failure, Judged, KataResult, NotRun, Refusal};

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
    let shared = Shared {
        next: AtomicUsize::new(0),
        tasks,
        running: Mutex::new(HashMap::new()),
        changed: Condvar::new(),
        resumed: journal
            .as_deref_mut()
            .map(Journal::take)
            .unwrap_or_default(),
    };
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

fn unjudged(kata: &record::KataAbout, headline: &str) -> KataRecord {
    KataRecord::without_cases(&kata.id, Status::Unjudged, kata.points, headline)
}

/// What the workers share.
struct Shared {
    next: AtomicUsize,
    tasks: usize,
    /// The answers that are being judged, and the results that are kept nowhere else.
    running: Mutex<HashMap<Key, Option<KataRecord>>>,
    changed: Condvar,
    /// What an earlier run left in its journal.
    resumed: HashMap<Key, KataRecord>,
}

/// One answer, done.
struct Done {
    task: usize,
    record: KataRecord,
    how: How,
    problem: Option<String>,
    /// The key of a result that is not kept.
    unkept: Option<Key>,
}

fn worker(work: &Work<'_>, shared: &Shared, sender: &Sender<Done>) {
    while !work.stop.load(Ordering::Relaxed) {
        let task = shared.next.fetch_add(1, Ordering::Relaxed);
        if task >= shared.tasks || sender.send(one(work, shared, task)).is_err() {
            break;
        }
    }
}

fn one(work: &Work<'_>, shared: &Shared, task: usize) -> Done {
    let start = Instant::now();
    let katas = work.plan.course.katas.len();
    let (submission, kata) = (task / katas, task % katas);
    let about = &work.plan.course.katas[kata];
    let extension = work.plan.settings.track.extension();
    let place = &work.submissions[submission].place;
    let Handed {
        answer,
        problem,
        lost,
    } = place.answer(&about.id, extension);
    let (status, headline) = match lost {
        Some(why) => (Status::Unjudged, format!("not judged: {why}.")),
        None => (
            Status::Missing,
            format!("no answer: there is no {}.{extension}.", about.id),
        ),
    };
    let mut done = Done {
        task,
        record: KataRecord::without_cases(&about.id, status, about.points, &headline),
        how: How::Nothing,
        problem: problem.map(|problem| clean(&problem)),
        unkept: None,
    };
    if let Some((file, answer)) = answer {
        let digest = answer.as_ref().map(|bytes| encode(&Sha256::digest(bytes)));
        let source = answer.as_ref().ok().filter(|_| work.of_class);
        let source = source.and_then(|bytes| String::from_utf8(bytes.clone()).ok());
        let key = answer.as_ref().ok().map(|bytes| key(work, kata, bytes));
        match key {
            None => done.record = judge(work, kata, answer.as_deref()).0,
            Some(key) => {
                let found = shared.claim(work, &key);
                done.how = if found.is_some() {
                    How::Kept
                } else {
                    How::Judged
                };
                done.record = found.unwrap_or_else(|| {
                    let (record, is_lasting) = judge(work, kata, answer.as_deref());
                    let is_judged = record.status != Status::Unjudged;
                    done.unkept = (is_judged && !is_lasting).then_some(key);
                    shared.settle(work, key, &record, is_lasting, is_judged);
                    record
                });
            }
        }
        done.record.answer = Some(record::Answer {
            file: clean(&file),
            digest: digest.unwrap_or_default(),
            source,
        });
    }
    let took = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    // An answer could say by its time what a sealed case gave it.
    let is_told = !work.of_class && work.plan.judge.key.is_none();
    done.record.took = is_told.then_some(took);
    done
}

/// What a result is kept under.
fn key(work: &Work<'_>, kata: usize, answer: &[u8]) -> Key {
    let mut digest = Sha256::new();
    digest.update(work.plan.digests[kata]);
    // The names in messages are others.
    digest.update([u8::from(work.of_class)]);
    digest.update(answer);
    digest.finalize().into()
}

/// Judges one answer; says too whether the same answer would surely be judged the same again.
///
/// Whatever goes wrong here, finding the words included, is this answer's record: others may wait for it.
fn judge(work: &Work<'_>, kata: usize, answer: Result<&[u8], &Refusal>) -> (KataRecord, bool) {
    let settings = &work.plan.settings;
    let judged = catch_unwind(AssertUnwindSafe(|| {
        let result = result(work, kata, answer)?;
        let spec = &settings.katas[kata].spec;
        let told = (settings.tell)(&result, spec);
        let record = made(&result, spec, settings.credit, told);
        Ok::<_, GradeError>((record, is_lasting(&result)))
    }));
    let says = match judged {
        Ok(Ok(done)) => return done,
        Ok(Err(error)) => format!("not judged: {}.", all_of(&error)),
        Err(_) => BUG.to_owned(),
    };
    (unjudged(&work.plan.course.katas[kata], &says), false)
}

const BUG: &str = "not judged: katas itself failed on this answer, which is a bug in katas.";

fn result(
    work: &Work<'_>,
    kata: usize,
    answer: Result<&[u8], &Refusal>,
) -> Result<KataResult, GradeError> {
    let settings = &work.plan.settings;
    let kata_on_disk = &settings.katas[kata];
    let extension = settings.track.extension();
    let in_course = kata_on_disk.answer(extension);
    let alone = in_course.file_name().map(Path::new).unwrap_or(&in_course);
    let request = Request {
        kata: kata_on_disk,
        track: settings.track,
        answer: Answer::Bytes(answer.unwrap_or_default()),
        shown_as: if work.of_class { alone } else { &in_course },
        cases: Cases::All,
        limits: settings.limits,
        author: Author::Stranger,
        unconfined: settings.unconfined,
        width: 80,
        cache: settings.cache,
        sealed: work.plan.sealed[kata].as_deref(),
    };
    match answer {
        Ok(_) => grade::judge(&request, &mut |_| {}),
        Err(refusal) => Ok(grade::refused(&request, refusal.clone())),
    }
}

/// An error with what led to it, as one clause.
fn all_of(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// Whether the same answer would be judged the same again: not where time, or the machine, had a say.
fn is_lasting(result: &KataResult) -> bool {
    match &result.judged {
        Judged::Refused(refusal) => {
            let had_time = matches!(refusal, Refusal::TooMuchForCompiler { .. });
            refusal.is_about_answer() && !had_time && !matches!(refusal, Refusal::NoAnswer { .. })
        }
        Judged::Ran(ran) => !ran.cases.iter().any(|case| {
            matches!(
                case.verdict,
                CaseVerdict::NotRun(NotRun::OutOfTimeBefore)
                    | CaseVerdict::Failed(
                        Failure::OutOfTime { .. } | Failure::Crashed { signal: 9 }
                    )
            )
        }),
    }
}

impl Shared {
    /// The result for this key, if there is one; else nobody but the caller judges it until it is settled.
    fn claim(&self, work: &Work<'_>, key: &Key) -> Option<KataRecord> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match running.get(key) {
                Some(Some(record)) => return Some(record.clone()),
                Some(None) => {
                    let waited = self.changed.wait(running);
                    running = waited.unwrap_or_else(PoisonError::into_inner);
                }
                None => break,
            }
        }
        let resumed = self.resumed.get(key).cloned();
        let kept = resumed.or_else(|| Keep::of(work.plan.settings.cache).get(key));
        if kept.is_none() {
            running.insert(*key, None);
        }
        kept
    }

    /// Ends a claim: the result is kept, or held for others in this run, or there is none.
    fn settle(
        &self,
        work: &Work<'_>,
        key: Key,
        record: &KataRecord,
        is_lasting: bool,
        is_judged: bool,
    ) {
        if is_lasting {
            Keep::of(work.plan.settings.cache).put(&key, record);
        }
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if is_judged && !is_lasting {
            running.insert(key, Some(record.clone()));
        } else {
            running.remove(&key);
        }
        drop(running);
        self.changed.notify_all();
    }
}
