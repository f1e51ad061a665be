//! Creates records from the results of judging.

use super::{
    Answer, CaseRecord, CaseStatus, Cause, CourseAbout, FORMAT, Judge, KataRecord, Message, Record,
    Status, Submission, share,
};
use crate::diagnose::{Certainty, Explanation};
use crate::digest::PartsDigest;
use crate::printable;
use crate::seal::canonical;
use crate::seal::hex::encode;
use crate::spec::{CaseKind, Credit, Spec};
use crate::verdict::{
    CaseResult, CaseVerdict, CompilerMessage, Judged, KataResult, NotRun, Ran, Refusal,
};
use crate::words::clip;

/// The wording of a learner's screen about a result; `ui` creates it, so that every report has the same wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// What happened, in one sentence.
    pub headline: String,
    /// The whole screen.
    pub screen: String,
    /// The result of each case, in a sentence; empty for one that passed.
    pub cases: Vec<String>,
}

const GAVE_UP: &str = " The reference answer had been shown before.";

/// The maximum size in bytes of a sentence, of the screen, and of everything an answer printed.
const SAID: usize = 4 * 1024;
const SCREEN: usize = 64 * 1024;
const PRINTED: usize = 64 * 1024;

/// Creates the record of a result; the answer's file and the time are for the caller to add.
#[must_use]
pub fn made(result: &KataResult, spec: &Spec, credit: Credit, told: Wording) -> KataRecord {
    let status = match &result.judged {
        _ if result.passed() => Status::Passed,
        Judged::Refused(Refusal::NoAnswer { .. }) => Status::Missing,
        Judged::Refused(_) => Status::Refused,
        Judged::Ran(_) => Status::Failed,
    };
    let most = spec.points;
    let headline = clip(told.headline, SAID);
    let mut record = KataRecord::without_cases(&result.kata, status, most, &headline);
    record.screen = clip(told.screen, SCREEN);
    match &result.judged {
        Judged::Refused(Refusal::Errors { messages, .. }) => record.errors = compiler(messages),
        Judged::Refused(Refusal::Forbidden {
            rule,
            found,
            line,
            column,
        }) => {
            record.errors = vec![Message {
                text: format!("{found}: {}", rule.says),
                code: rule.code.to_owned(),
                line: *line,
                column: *column,
            }];
        }
        Judged::Refused(_) => {}
        Judged::Ran(ran) => {
            let sentences = told
                .cases
                .into_iter()
                .chain(std::iter::repeat(String::new()));
            let cases = ran.cases.iter().zip(sentences);
            let mut room = PRINTED;
            record.cases = cases
                .map(|(case, said)| {
                    let printed = clip(case.printed.clone(), room);
                    room = room.saturating_sub(printed.len());
                    case_record(case, clip(said, SAID), printed)
                })
                .collect();
            record.causes = ran.explanations.iter().map(cause).collect();
            record.warnings = compiler(&ran.warnings);
            record.outputs = outputs(ran, spec);
        }
    }
    let (right, counted) = record.passed_of();
    record.points = share(credit, most, status == Status::Passed, right, counted);
    // A submission may contain any text, and so may the course.
    record.make_printable();
    record
}

/// Creates the record of one run of a learner's own answer; `course` describes its kata. `gave_up`: whether the reference
/// answer was shown before any answer passed.
#[must_use]
pub fn of_run(
    result: &KataResult,
    spec: &Spec,
    course: CourseAbout,
    mut told: Wording,
    gave_up: bool,
) -> Record {
    if gave_up {
        // In the sentence that every report has.
        told.headline.push_str(GAVE_UP);
        told.screen.push_str(GAVE_UP.trim_start());
        told.screen.push('\n');
    }
    let mut made = made(result, spec, course.credit, told);
    made.gave_up = gave_up;
    made.answer = Some(Answer {
        track: result.track.to_owned(),
        file: printable::line(&result.answer.to_string_lossy()).into_owned(),
        digest: result.digest.clone(),
        source: None,
    });
    made.took = u64::try_from(result.took.as_millis()).ok();
    Record {
        format: FORMAT.to_owned(),
        // It is never merged, so the judge has only what a reader needs.
        judge: Judge {
            confined: vec![result.confined.words()],
            not_confined: result.confined.missing.clone(),
            ..Judge::not_ready()
        },
        course,
        part: None,
        submissions: vec![Submission {
            katas: vec![made],
            ..Submission::default()
        }],
    }
}

fn compiler(messages: &[CompilerMessage]) -> Vec<Message> {
    let message = |message: &CompilerMessage| Message {
        text: message.text.clone(),
        code: message.code.clone(),
        line: message.line,
        column: message.column,
    };
    messages.iter().map(message).collect()
}

fn case_record(case: &CaseResult, said: String, printed: String) -> CaseRecord {
    CaseRecord {
        number: case.number,
        name: case.name.clone(),
        kind: case.kind,
        status: match &case.verdict {
            CaseVerdict::Passed => CaseStatus::Passed,
            CaseVerdict::Different(_) => CaseStatus::Differs,
            CaseVerdict::Failed(_) => CaseStatus::Failed,
            CaseVerdict::NotRun(NotRun::ShownCasesFirst | NotRun::OutOfTimeBefore) => {
                CaseStatus::Waits
            }
            CaseVerdict::NotRun(NotRun::NotAskedFor | NotRun::Sealed) => CaseStatus::Open,
        },
        said,
        printed,
    }
}

fn cause(told: &Explanation) -> Cause {
    Cause {
        kind: told.subject.kind().to_owned(),
        id: told.subject.id().to_owned(),
        certain: told.certainty == Certainty::ThisIs,
        lead: told.lead(),
        text: told.text.clone(),
    }
}

/// A digest of a wrong answer's outcomes on all cases except sealed ones; `None` if no visible case has a wrong
/// output.
fn outputs(ran: &Ran, spec: &Spec) -> Option<String> {
    let mut digest = PartsDigest::default();
    let mut differs = false;
    let unsealed = ran.cases.iter();
    for case in unsealed.filter(|case| case.kind != CaseKind::Sealed) {
        let (word, form) = match &case.verdict {
            CaseVerdict::Passed => ("right", Vec::new()),
            CaseVerdict::Failed(failure) => ("failed", canonical::word(failure).into_bytes()),
            CaseVerdict::NotRun(_) => ("not run", Vec::new()),
            CaseVerdict::Different(different) => match &different.outputs {
                None => ("wrong", Vec::new()),
                Some(outputs) => {
                    differs = true;
                    let got = Ok(&outputs.got);
                    ("wrong", canonical::canonical(spec, case.kind, got))
                }
            },
        };
        digest.add(word);
        digest.add(form);
    }
    differs.then(|| encode(&digest.finish()[..8]))
}
