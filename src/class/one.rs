//! Judges one answer of a submission, from its file to its record, in two steps: first its shown and hidden cases,
//! and later, after those of the whole submission, its sealed ones.
//!
//! Whatever goes wrong here, even while wording the result, ends as this answer's record, because other workers may
//! wait for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use sha2::{Digest, Sha256};

use super::keep::Key;
use super::place::{AnswerFile, AnswerLanguage, SubmittedAnswer};
use super::plan::Offer;
use super::shared::Shared;
use super::stage::{Done, Stage, Waiting};
use super::work::{RecordOrigin, Work, unjudged};
use crate::grade::{self, Answer, Cases, GradeError, Request, Unsealed};
use crate::printable;
use crate::record::{self, KataRecord, Status};
use crate::seal::hex::encode;
use crate::spec::SealedResults;
use crate::verdict::{CaseVerdict, Judged, KataResult, NotRun, Refusal};

/// The result of judging an answer by its shown and hidden cases.
enum Judgment {
    /// The complete record, and whether judging the same answer again would give the same result.
    Whole(Box<KataRecord>, bool),
    /// Sealed cases remain to be run.
    Unsealed(Box<Unsealed>),
}

/// Judges one answer by its shown and hidden cases.
pub(super) fn unsealed(work: &Work<'_>, shared: &Shared<'_>, task: usize) -> Stage {
    let start = Instant::now();
    let katas = work.plan.course.katas.len();
    let (submission, kata) = (task / katas, task % katas);
    let about = &work.plan.course.katas[kata];
    let offers = &work.plan.offers[kata];
    let wanted = offers.iter().map(|offer| AnswerLanguage {
        extension: work.plan.sessions[offer.session].0.extension(),
        starter: &offer.starter,
    });
    let wanted: Vec<_> = wanted.collect();
    let place = &work.submissions[submission].place;
    let SubmittedAnswer {
        answer,
        problem,
        lost,
    } = catch_unwind(|| place.answer(&about.id, &wanted)).unwrap_or_else(|_| {
        SubmittedAnswer::lost("katas failed on this submission, which is a bug in katas".to_owned())
    });
    let (status, headline) = match lost {
        Some(why) => (Status::Unjudged, format!("not judged: {why}.")),
        None => {
            let files = wanted
                .iter()
                .map(|one| format!("{}.{}", about.id, one.extension));
            let files: Vec<_> = files.collect();
            (
                Status::Missing,
                format!("no answer: there is no {}.", files.join(" and no ")),
            )
        }
    };
    let mut done = Box::new(Done {
        task,
        record: KataRecord::without_cases(&about.id, status, about.points, &headline),
        how: RecordOrigin::Nothing,
        problem: problem.map(|problem| printable::line(&problem).into_owned()),
        unkept: None,
    });
    if let Some(AnswerFile {
        wanted,
        name,
        bytes: answer,
    }) = answer
    {
        let offer = &offers[wanted];
        let digest = answer.as_ref().map(|bytes| encode(&Sha256::digest(bytes)));
        let source = answer.as_ref().ok().filter(|_| work.of_class);
        let source = source.and_then(|bytes| String::from_utf8(bytes.clone()).ok());
        let about_answer = record::Answer {
            track: work.plan.sessions[offer.session].0.name().to_owned(),
            file: name,
            digest: digest.unwrap_or_default(),
            source,
        };
        match &answer {
            Err(refusal) => done.record = refused(work, kata, offer, refusal),
            Ok(bytes) => {
                let key = key(work, offer, bytes);
                if let Some(found) = shared.claim(&key) {
                    done.how = RecordOrigin::Kept;
                    done.record = found;
                } else {
                    done.how = RecordOrigin::Judged;
                    match judge(work, kata, offer, bytes) {
                        Judgment::Whole(record, is_lasting) => {
                            done.settle(shared, key, *record, is_lasting);
                        }
                        Judgment::Unsealed(unsealed) => {
                            shared.release(&key);
                            return Stage::Waiting(Box::new(Waiting {
                                done,
                                answer: about_answer,
                                offer: wanted,
                                key,
                                unsealed,
                            }));
                        }
                    }
                }
            }
        }
        done.record.answer = Some(about_answer);
    }
    let took = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    // The time could reveal a sealed input.
    let is_told = !work.of_class && work.plan.judge.key.is_none();
    done.record.took = is_told.then_some(took);
    Stage::Done(done)
}

/// Runs the sealed cases of an answer.
pub(super) fn sealed(work: &Work<'_>, shared: &Shared<'_>, waiting: Waiting) -> Box<Done> {
    let Waiting {
        mut done,
        answer,
        offer,
        key,
        mut unsealed,
    } = waiting;
    let kata = done.task % work.plan.course.katas.len();
    let offer = &work.plan.offers[kata][offer];
    if let Some(found) = shared.claim(&key) {
        done.how = RecordOrigin::Kept;
        done.record = found;
    } else {
        let judged = guarded(work, kata, offer, &[], |request| {
            let is_lasting = grade::judge_sealed(request, &mut unsealed)?;
            let is_lasting = is_lasting && self::is_lasting(&unsealed.result);
            Ok((recorded(work, kata, &unsealed.result), is_lasting))
        });
        let (record, is_lasting) = judged.unwrap_or_else(|says| {
            // An answer could cause this depending on a sealed input, so the student's report has only the other
            // cases.
            let mut record = why_not(work, kata, &says);
            let seen = guarded(work, kata, offer, &[], |_| {
                Ok(made(work, kata, &unsealed.result.without_sealed()))
            });
            record.students = seen.ok().map(Into::into);
            (record, false)
        });
        done.settle(shared, key, record, is_lasting);
    }
    done.record.answer = Some(answer);
    done
}

impl Done {
    /// Stores the record of a claimed answer and shares it with other workers.
    fn settle(&mut self, shared: &Shared<'_>, key: Key, record: KataRecord, is_lasting: bool) {
        let is_judged = record.status != Status::Unjudged;
        self.unkept = (is_judged && !is_lasting).then_some(key);
        shared.settle(key, &record, is_lasting, is_judged);
        self.record = record;
    }
}

/// The cache key of a result.
fn key(work: &Work<'_>, offer: &Offer, answer: &[u8]) -> Key {
    let mut digest = Sha256::new();
    digest.update(offer.digest);
    // The file names in messages differ.
    digest.update([u8::from(work.of_class)]);
    digest.update(answer);
    digest.finalize().into()
}

/// Judges an answer by its shown and hidden cases.
fn judge(work: &Work<'_>, kata: usize, offer: &Offer, answer: &[u8]) -> Judgment {
    let judged = guarded(work, kata, offer, answer, |request| {
        let unsealed = grade::judge_unsealed(request)?;
        if unsealed.has_sealed() {
            return Ok(Judgment::Unsealed(Box::new(unsealed)));
        }
        let result = &unsealed.result;
        let record = Box::new(recorded(work, kata, result));
        Ok(Judgment::Whole(record, is_lasting(result)))
    });
    judged.unwrap_or_else(|says| Judgment::Whole(Box::new(why_not(work, kata, &says)), false))
}

/// The record of a refused file.
fn refused(work: &Work<'_>, kata: usize, offer: &Offer, refusal: &Refusal) -> KataRecord {
    let refused = guarded(work, kata, offer, &[], |request| {
        let result = grade::refused(request, refusal.clone());
        Ok(recorded(work, kata, &result))
    });
    refused.unwrap_or_else(|says| why_not(work, kata, &says))
}

/// Runs a step for one answer; returns errors and panics as a sentence.
fn guarded<T>(
    work: &Work<'_>,
    kata: usize,
    offer: &Offer,
    answer: &[u8],
    job: impl FnOnce(&Request<'_>) -> Result<T, GradeError>,
) -> Result<T, String> {
    let settings = &work.plan.settings;
    let (track, session) = &work.plan.sessions[offer.session];
    let session = match session {
        Ok(session) => session,
        Err(error) => return Err(not_judged(work, error)),
    };
    let in_course = settings.katas[kata].answer(track.extension());
    let alone = in_course.file_name().map_or(&*in_course, Path::new);
    let request = Request {
        cancel: None,
        kata: &settings.katas[kata],
        session: &**session,
        answer: Answer::Bytes(answer),
        shown_as: if work.of_class { alone } else { &in_course },
        cases: Cases::All,
        time_limit: settings.time_limit,
        unconfined: settings.unconfined,
        width: 80,
        cache: settings.cache,
        sealed: work.plan.sealed[kata].as_deref(),
    };
    match catch_unwind(AssertUnwindSafe(|| job(&request))) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(not_judged(work, &error)),
        Err(_) => Err(BUG.to_owned()),
    }
}

/// The reason why an answer is not judged, as the student may read it.
fn not_judged(work: &Work<'_>, error: &dyn std::error::Error) -> String {
    // Students should not see the path of the teacher's cache.
    let cache = work.plan.settings.cache.folder().display().to_string();
    let says = all_of(error).replace(&cache, "$KATAS_CACHE");
    format!("not judged: {says}.")
}

/// The record of an answer that could not be judged.
fn why_not(work: &Work<'_>, kata: usize, says: &str) -> KataRecord {
    unjudged(&work.plan.course.katas[kata], says)
}

const BUG: &str = "not judged: katas failed on this answer, which is a bug in katas.";

fn recorded(work: &Work<'_>, kata: usize, result: &KataResult) -> KataRecord {
    let mut record = made(work, kata, result);
    let sealed = work.plan.settings.sealed;
    if sealed == SealedResults::Teacher && work.plan.sealed[kata].is_some() {
        record.students = Some(made(work, kata, &result.without_sealed()).into());
    }
    record
}

fn made(work: &Work<'_>, kata: usize, result: &KataResult) -> KataRecord {
    let settings = &work.plan.settings;
    let spec = &settings.katas[kata].spec;
    record::made(result, spec, settings.credit, (settings.tell)(result, spec))
}

/// An error with its causes, as one clause.
fn all_of(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// Whether judging the same answer again would give the same result: not if the result depended on time or on the
/// machine.
fn is_lasting(result: &KataResult) -> bool {
    match &result.judged {
        Judged::Refused(refusal) => {
            // Each of these can have a different result next time.
            let in_doubt = matches!(
                refusal,
                Refusal::TooMuchForCompiler { .. }
                    | Refusal::CompilerFailed { .. }
                    | Refusal::NoAnswer { .. }
            );
            !in_doubt
        }
        Judged::Ran(ran) => !ran.cases.iter().any(|case| match &case.verdict {
            CaseVerdict::NotRun(reason) => *reason == NotRun::OutOfTimeBefore,
            CaseVerdict::Failed(failure) => failure.may_be_the_machines(),
            CaseVerdict::Passed | CaseVerdict::Different(_) => false,
        }),
    }
}
