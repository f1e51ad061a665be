//! What every command that judges the learner's own answer does with the result: shows it, records it, and finds out
//! what to offer next.

use super::{after, solution};
use crate::catalog::{Course, Kata};
use crate::diagnose::Subject;
use crate::progress::{Attempt, KataProgress, LastVerdict, Progress, ProgressError};
use crate::track::Tracks;
use crate::ui::Ui;
use crate::verdict::{Judged, KataResult};

/// What a learner can do after a verdict.
pub(super) struct Offer {
    /// What `katas hint` offers.
    pub(super) help: &'static str,
    /// Whether `katas solution` shows the reference answer.
    pub(super) compare: bool,
}

/// The suggestion for `katas hint` without a known mistake.
const ORDINARY_HELP: &str = "get a hint; each one tells you more";

impl Offer {
    /// The offer after an answer was judged that is not recorded.
    pub(super) fn of(
        tracks: Tracks,
        kata: &Kata,
        progress: &Progress,
        result: &KataResult,
        judged: solution::Judged,
    ) -> Self {
        Self {
            help: ORDINARY_HELP,
            compare: result.passed() && solution::is_open(tracks, kata, progress, judged),
        }
    }
}

/// The progress before an answer was judged.
#[derive(Default)]
pub(super) struct Before {
    done: KataProgress,
    passed: bool,
}

impl Before {
    pub(super) fn of(progress: &Progress, kata: &Kata, track: &str) -> Self {
        Self {
            done: progress.kata(&kata.id, track),
            passed: progress.passed(&kata.id),
        }
    }
}

/// Shows the result of the learner's own answer, with what changed.
pub(super) fn show(before: &Before, kata: &Kata, result: &KataResult, ui: &mut Ui) {
    ui.changes(&before.done, result);
    ui.result(result, &kata.spec);
}

/// Shows what was learned, after the result was recorded.
pub(super) fn learned(
    course: &Course,
    progress: &Progress,
    before: &Before,
    (kata, result): (&Kata, &KataResult),
    ui: &mut Ui,
) {
    if result.passed() {
        after::a_pass(course, progress, kata, before.passed, ui);
    }
}

/// Shows the result of the learner's own answer, with what changed and what was learned, and records it.
pub(super) fn own(
    course: &Course,
    tracks: Tracks,
    progress: &mut Progress,
    (kata, result): (&Kata, &KataResult),
    ui: &mut Ui,
) -> Result<Offer, ProgressError> {
    let before = Before::of(progress, kata, result.track);
    show(&before, kata, result, ui);
    record(progress, kata, result)?;
    let done = progress.kata(&kata.id, result.track);
    let mut offer = Offer::of(tracks, kata, progress, result, solution::Judged::Own);
    if has_hint(kata, &done, pitfall(result)) {
        offer.help = "get the hint for this mistake";
    }
    learned(course, progress, &before, (kata, result), ui);
    Ok(offer)
}

/// Records the result of the learner's own answer.
pub(super) fn record(
    progress: &mut Progress,
    kata: &Kata,
    result: &KataResult,
) -> Result<(), ProgressError> {
    progress.judged(&kata.id, result.track, &attempt(result))
}

/// Warns about what did not affect the verdict: a machine that confines less than it could, and a lock that is out of
/// date.
pub(super) fn warnings(kata: &Kata, result: &KataResult, ui: &mut Ui) {
    if let Some(warning) = result.confined.warning() {
        ui.status(&warning);
    }
    // If its solutions are present, a kata is judged without its lock. The lock may be out of date, and the author
    // should know.
    if !kata.hidden().is_empty()
        && let Err(error) = kata.fitting_lock()
    {
        let why = std::error::Error::source(&error).map(|why| format!(": {why}"));
        ui.status(&format!(
            "{error}{}. This run did not need it; `katas author seal {}` creates it again.",
            why.unwrap_or_default(),
            kata.id
        ));
    }
}

/// The pitfall recognized in the answer, if any.
fn pitfall(result: &KataResult) -> Option<&str> {
    let Judged::Ran(ran) = &result.judged else {
        return None;
    };
    ran.explanations
        .iter()
        .find_map(|told| match &told.subject {
            Subject::Pitfall(id) => Some(id.as_str()),
            Subject::Pair(_) | Subject::Variant(_) | Subject::Cause(_) => None,
        })
}

/// The part of a result that progress remembers.
fn attempt(result: &KataResult) -> Attempt<'_> {
    let cases = match &result.judged {
        Judged::Refused(_) => None,
        Judged::Ran(ran) => {
            let last = ran.cases.iter().map(|case| LastVerdict {
                case: case.name.clone(),
                verdict: case.verdict.kind(),
            });
            Some(last.collect())
        }
    };
    Attempt {
        digest: &result.digest,
        passed: result.passed(),
        pitfall: pitfall(result),
        cases,
    }
}

/// Whether `katas hint` would show the hint for this pitfall next.
fn has_hint(kata: &Kata, done: &KataProgress, pitfall: Option<&str>) -> bool {
    let mut pitfalls = kata.spec.pitfalls.iter();
    let known = pitfalls.find(|known| Some(known.id.as_str()) == pitfall);
    let step = known.and_then(|known| known.hint);
    let is_told = done.told.as_deref() == pitfall;
    let count = kata.hints().map_or(0, |hints| hints.len());
    step.is_some_and(|step| step <= count) && !is_told
}
