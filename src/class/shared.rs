//! What the workers of a run share: whose turn it is, which answers are being judged, and which submissions are half done.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::Work;
use super::keep::{Keep, Key};
use super::one::Waiting;
use crate::record::KataRecord;

/// What the workers share.
pub(super) struct Shared {
    next: AtomicUsize,
    tasks: usize,
    /// The answers that are being judged, and the results that are kept nowhere else.
    running: Mutex<HashMap<Key, Option<KataRecord>>>,
    changed: Condvar,
    /// The submissions of which some answers are judged and some are not.
    open: Mutex<HashMap<usize, Open>>,
    /// What an earlier run left in its journal.
    resumed: HashMap<Key, KataRecord>,
}

/// A submission of which some answers are judged.
struct Open {
    /// How many are still to be judged by their shown and hidden cases.
    left: usize,
    /// Those whose sealed cases wait until there is none.
    waiting: Vec<Waiting>,
}

impl Shared {
    pub(super) fn new(tasks: usize, resumed: HashMap<Key, KataRecord>) -> Self {
        Self {
            next: AtomicUsize::new(0),
            tasks,
            running: Mutex::new(HashMap::new()),
            changed: Condvar::new(),
            open: Mutex::new(HashMap::new()),
            resumed,
        }
    }

    /// The next answer that nobody has taken.
    pub(super) fn next(&self) -> Option<usize> {
        let task = self.next.fetch_add(1, Ordering::Relaxed);
        (task < self.tasks).then_some(task)
    }

    /// Notes that an answer of a submission with so many was judged by its shown and hidden cases. Gives, after the last one,
    /// all of the submission's whose sealed cases can now be run.
    pub(super) fn judged(
        &self,
        submission: usize,
        answers: usize,
        waiting: Option<Waiting>,
    ) -> Vec<Waiting> {
        let mut all = self.open.lock().unwrap_or_else(PoisonError::into_inner);
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

    /// The result for this key, if there is one; else nobody but the caller judges it until it is settled or released.
    pub(super) fn claim(&self, work: &Work<'_>, key: &Key) -> Option<KataRecord> {
        let mut running = self.running();
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

    /// Ends a claim without a result: whoever waits judges the answer too.
    ///
    /// An answer whose sealed cases wait is not held, or two submissions could wait for each other.
    pub(super) fn release(&self, key: &Key) {
        self.running().remove(key);
        self.changed.notify_all();
    }

    /// Ends a claim: the result is kept, or held for others in this run, or there is none.
    pub(super) fn settle(
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
        let mut running = self.running();
        if is_judged && !is_lasting {
            running.insert(key, Some(record.clone()));
        } else {
            running.remove(&key);
        }
        drop(running);
        self.changed.notify_all();
    }

    fn running(&self) -> MutexGuard<'_, HashMap<Key, Option<KataRecord>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
