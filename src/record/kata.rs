//! What is kept of one answer to one kata.

use serde::{Deserialize, Serialize};

use super::Points;
use crate::printable;
use crate::spec::CaseKind;

/// Holds the result of one answer, or says that there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KataRecord {
    /// The kata's name.
    pub kata: String,
    /// What happened, in one word.
    pub status: Status,
    /// What it is worth.
    pub points: Points,
    /// What happened, in one sentence: "not yet. 2 of 8 cases passed."
    pub headline: String,
    /// All that the learner's own screen says, 80 columns wide and without colour.
    pub screen: String,
    /// The answer; none when there is no file.
    pub answer: Option<Answer>,
    /// The result of each case, in the spec's order; empty when none was run.
    pub cases: Vec<CaseRecord>,
    /// Why it is wrong, most certain first.
    pub causes: Vec<Cause>,
    /// The errors that its language's tools found in it.
    pub errors: Vec<Message>,
    /// The compiler's warnings.
    pub warnings: Vec<Message>,
    /// A digest of everything a wrong answer gave: two answers with the same one are wrong in the same way.
    pub outputs: Option<String>,
    /// How long judging took, in milliseconds; none in the record of a class.
    pub took: Option<u64>,
    /// What students are told instead; none where they are told the same.
    pub students: Option<StudentView>,
}

/// Holds what students are told of an answer where the course keeps the results of sealed cases to the teacher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentView {
    /// What happened, in one word.
    pub status: Status,
    /// What it is worth without its sealed cases.
    pub points: Points,
    /// What happened, in one sentence.
    pub headline: String,
    /// All that the learner's own screen says.
    pub screen: String,
}

/// Says how an answer was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every case passed.
    Passed,
    /// It ran, and not every case passed.
    Failed,
    /// It cannot be run: it has errors, or is no answer to this kata.
    Refused,
    /// There is no answer.
    Missing,
    /// It was not judged, through no fault of the answer; the headline says why.
    Unjudged,
}

/// Holds the answer itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The track that it is written in.
    pub track: String,
    /// Its file, as seen from the submission.
    pub file: String,
    /// The digest of its bytes, in hexadecimal.
    pub digest: String,
    /// Its text, in the record of a class: what similar answers are found and shown by.
    pub source: Option<String>,
}

/// Holds the result of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRecord {
    /// Its place in the spec, from 1.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Who may see its contents.
    pub kind: CaseKind,
    /// What happened, in one word.
    pub status: CaseStatus,
    /// What happened, in a sentence; empty when it passed.
    pub said: String,
    /// What the answer printed; empty for a hidden or sealed case.
    pub printed: String,
}

/// Says how a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CaseStatus {
    /// The output is right.
    Passed,
    /// The output differs. A sealed case that does not pass differs, whatever it gave.
    Differs,
    /// There is no output.
    Failed,
    /// It was not run and counts as not passed: it waits for others, or an earlier one used up the time.
    Waits,
    /// It was not judged and does not count: it is sealed and there is no key.
    Open,
}

/// Holds one explanation of why an answer is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// `pitfall`, `variant` or `cause`.
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

/// Holds one message of the compiler.
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
            students: None,
        }
    }

    /// How many cases passed, and how many count.
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
