//! The stored result of one answer.

use serde::{Deserialize, Serialize};

use super::Points;
use crate::printable;
use crate::spec::CaseKind;

/// The result of one answer, or of a missing one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KataRecord {
    /// The kata's name.
    pub kata: String,
    /// The status.
    pub status: Status,
    /// What it is worth.
    pub points: Points,
    /// What happened, in one sentence: "not yet. 2 of 8 cases passed."
    pub headline: String,
    /// The learner's screen, 80 columns wide and without color.
    pub screen: String,
    /// The answer; `None` if there is no file.
    pub answer: Option<Answer>,
    /// The result of each case, in the spec's order; empty when none was run.
    pub cases: Vec<CaseRecord>,
    /// Why it is wrong, most certain first.
    pub causes: Vec<Cause>,
    /// The errors that its language's tools found in it.
    pub errors: Vec<Message>,
    /// The compiler's warnings.
    pub warnings: Vec<Message>,
    /// A digest of all outcomes of a wrong answer: two answers with the same digest are wrong in the same way.
    pub outputs: Option<String>,
    /// How long judging took, in milliseconds; `None` in the record of a class.
    pub took: Option<u64>,
    /// Whether the learner had seen the reference answer before any answer passed; known only where the answer was
    /// written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gave_up: bool,
    /// What students see instead; `None` if they see the same.
    pub students: Option<StudentView>,
}

/// What students see of an answer if only the teacher sees the results of sealed cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentView {
    /// The status.
    pub status: Status,
    /// What it is worth without its sealed cases.
    pub points: Points,
    /// What happened, in one sentence.
    pub headline: String,
    /// The learner's screen.
    pub screen: String,
}

/// How an answer was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every case passed.
    Passed,
    /// It ran, and not every case passed.
    Failed,
    /// It cannot be run: it has errors, or is not an answer to this kata.
    Refused,
    /// There is no answer.
    Missing,
    /// It was not judged, through no fault of the answer; the headline says why.
    Unjudged,
}

/// The answer itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The track that it is written in.
    pub track: String,
    /// Its file, relative to the submission.
    pub file: String,
    /// The digest of its bytes, in hexadecimal.
    pub digest: String,
    /// Its text, in the record of a class, to find and show similar answers.
    pub source: Option<String>,
}

/// The result of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRecord {
    /// Its number in the spec, from 1.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Who may see its contents.
    pub kind: CaseKind,
    /// The status.
    pub status: CaseStatus,
    /// What happened, in a sentence; empty when it passed.
    pub said: String,
    /// What the answer printed; empty for a hidden or sealed case.
    pub printed: String,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CaseStatus {
    /// The output is right.
    Passed,
    /// The output differs. Every failure of a sealed case has this status.
    Differs,
    /// There is no output.
    Failed,
    /// It was not run and counts as failed: other cases must pass first, or an earlier one used up the time.
    Waits,
    /// It was not judged and does not count: it is sealed, and there is no key.
    Open,
}

/// An explanation of why an answer is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// `pitfall`, `pair`, `variant` or `cause`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Whether it is proved.
    pub certain: bool,
    /// What it is, in a sentence: "This is a known mistake."
    pub lead: String,
    /// What it means and where to look.
    pub text: String,
}

/// A message of the compiler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Its first line, without the level.
    pub text: String,
    /// The error's code, such as `E0308`; empty when it has none.
    pub code: String,
    /// The line, from 1; 0 when it has no place.
    pub line: u32,
    /// The column, from 1; 0 when it has no place.
    pub column: u32,
}

impl KataRecord {
    /// A record of an answer that was not judged, or is not there.
    #[must_use]
    pub fn without_cases(kata: &str, status: Status, most: u32, headline: &str) -> Self {
        let headline = printable::lines(headline);
        Self {
            kata: kata.to_owned(),
            status,
            points: Points { given: 0.0, most },
            headline: headline.clone().into_owned(),
            screen: format!("{kata}: {headline}\n"),
            answer: None,
            cases: Vec::new(),
            causes: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            outputs: None,
            took: None,
            gave_up: false,
            students: None,
        }
    }

    /// The number of cases that passed, and the number that count.
    #[must_use]
    pub fn passed_of(&self) -> (usize, usize) {
        let passed = self
            .cases
            .iter()
            .filter(|case| case.status == CaseStatus::Passed);
        let counted = self
            .cases
            .iter()
            .filter(|case| case.status != CaseStatus::Open);
        (passed.count(), counted.count())
    }
}

impl From<KataRecord> for StudentView {
    fn from(record: KataRecord) -> Self {
        Self {
            status: record.status,
            points: record.points,
            headline: record.headline,
            screen: record.screen,
        }
    }
}
