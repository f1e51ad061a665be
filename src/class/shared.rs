//! The shared state of a run's workers: the next answer, the answers that are being judged, and the unfinished
//! submissions.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::journal::EarlierResults;
use super::keep::{Keep, Key};
use super::stage::Waiting;
use crate::files::{Cache, Piece};
use crate::record::{KataRecord, Values};

/// The shared state.
pub(super) struct Shared<'a> {
    keep: Keep<'a>,
    next: AtomicUsize,
    tasks: usize,
    /// The answers that are being judged, and the results that are not cached.
    running: Mutex<HashMap<Key, Option<Piece>>>,
    /// Those results.
    unkept: Mutex<Values>,
    changed: Condvar,
    /// The submissions that are partly judged.
    open: Mutex<HashMap<usize, Open>>,
    /// The results in the journal of an earlier run.
    resumed: Option<EarlierResults>,
}

/// A partly judged submission.
struct Open {
    /// The number of answers whose shown and hidden cases have not finished.
    left: usize,
    /// The answers whose sealed cases wait until that number is zero.
    waiting: Vec<Waiting>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(tasks: usize, resumed: Option<EarlierResults>, cache: &'a Cache) -> Self {
        Self {
            keep: Keep::of(cache),
            next: AtomicUsize::new(0),
            tasks,
            running: Mutex::new(HashMap::new()),
            unkept: Mutex::new(Values::new(cache.spill())),
            changed: Condvar::new(),
            open: Mutex::new(HashMap::new()),
            resumed,
        }
    }

    /// Takes the next answer.
    pub(super) fn next(&self) -> Option<usize> {
        let task = self.next.fetch_add(1, Ordering::Relaxed);
        (task < self.tasks).then_some(task)
    }

    /// Drops the answers that no worker has taken.
    pub(super) fn stop(&self) {
        self.next.store(self.tasks, Ordering::Relaxed);
    }

    /// Notes that an answer of a submission with `count` answers was judged by its shown and hidden cases. After the
    /// last one, returns all answers of the submission whose sealed cases can now run.
    pub(super) fn judged(
        &self,
        submission: usize,
        answers: usize,
        waiting: Option<Waiting>,
    ) -> Vec<Waiting> {
        let mut all = lock(&self.open);
        let open = all.entry(submission).or_insert(Open {
            left: answers,
            waiting: Vec::new(),
        });
        open.left -= 1;
        open.waiting.extend(waiting);
        if open.left > 0 {
            return Vec::new();
        }
        all.remove(&submission)
            .map_or_else(Vec::new, |open| open.waiting)
    }

    /// The result for this key, if there is one; otherwise only the caller judges it until it is settled or released.
    pub(super) fn claim(&self, key: &Key) -> Option<KataRecord> {
        let mut running = lock(&self.running);
        loop {
            match running.get(key) {
                Some(Some(piece)) => match lock(&self.unkept).get(*piece) {
                    Ok(record) => return Some(record),
                    // An answer whose result cannot be read is judged again.
                    Err(_) => break,
                },
                Some(None) => {
                    let waited = self.changed.wait(running);
                    running = waited.unwrap_or_else(PoisonError::into_inner);
                }
                None => break,
            }
        }
        let resumed = self.resumed.as_ref().and_then(|resumed| resumed.get(key));
        let kept = resumed.or_else(|| self.keep.get(key));
        if kept.is_none() {
            running.insert(*key, None);
        }
        kept
    }

    /// Ends a claim without a result: workers that wait for it judge the answer themselves.
    ///
    /// An answer whose sealed cases wait is not claimed, or two submissions could wait for each other.
    pub(super) fn release(&self, key: &Key) {
        lock(&self.running).remove(key);
        self.changed.notify_all();
    }

    /// Ends a claim: the result is cached, or kept for this run only, or there is none.
    pub(super) fn settle(&self, key: Key, record: &KataRecord, is_lasting: bool, is_judged: bool) {
        if is_lasting {
            self.keep.put(&key, record);
        }
        let is_unkept = is_judged && !is_lasting;
        let piece = is_unkept.then(|| lock(&self.unkept).put(record).ok());
        let mut running = lock(&self.running);
        match piece.flatten() {
            Some(piece) => running.insert(key, Some(piece)),
            None => running.remove(&key),
        };
        drop(running);
        self.changed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
