//! A record: what judged, what was asked, and the submissions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{KataRecord, Status, Submission};
use crate::spec::{CaseKind, Credit, SealedResults};

/// The version this program writes and reads.
pub const FORMAT: &str = "katas/record/v2";

/// Holds the result of judging one submission or a class of them: `S` are the submissions, in memory or on disk ([`AnyRecord`](super::AnyRecord)).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record<S: ?Sized = Vec<Submission>> {
    /// [`FORMAT`].
    pub format: String,
    /// What judged.
    pub judge: Judge,
    /// What was asked.
    pub course: CourseAbout,
    /// Which part of a class this is; none when it is all of it.
    pub part: Option<ClassPart>,
    /// Each submission, in the order of their ids; one without an id when a single one was judged.
    pub submissions: S,
}

/// Says what judged: records made by different ones are never joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judge {
    /// The version of katas.
    pub katas: String,
    /// A digest of what else decides and is the same on every machine: the sources of katas and of `nnx`, and the limits.
    pub digest: String,
    /// The tools of each track, such as `rustc 1.95.0 (…)` of `rust`; a track whose tools do not work is not listed.
    pub tools: BTreeMap<String, String>,
    /// The layers that held the answers, in words.
    pub confined: Vec<String>,
    /// What was not enforced, each as a clause; empty when the answers were confined.
    pub not_confined: Vec<String>,
    /// A digest of the class key that opened the sealed cases; none when they were not run.
    pub key: Option<String>,
    /// The seconds that an answer may run.
    pub seconds: u64,
}

/// Holds what a course asks, as far as a report needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourseAbout {
    /// The course's title.
    pub title: String,
    /// What a kata with some right cases is worth.
    pub credit: Credit,
    /// What students are told of sealed cases.
    pub sealed: SealedResults,
    /// The katas that were judged, in the course's order.
    pub katas: Vec<KataAbout>,
}

/// Holds what one kata asks, as far as a report needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KataAbout {
    /// Its name, as a person types it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is worth.
    pub points: u32,
    /// A digest of its spec, its lock and its hidden outputs.
    pub digest: String,
    /// Its cases, in order; the sealed ones last.
    pub cases: Vec<CaseAbout>,
    /// The unsolved answer as shipped, for each track that the kata is offered in: what similar answers all have.
    pub starters: BTreeMap<String, String>,
}

impl KataAbout {
    /// Tells of a kata of which only the name is known.
    #[must_use]
    pub fn unread(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: id.to_owned(),
            points: 0,
            digest: String::new(),
            starters: BTreeMap::new(),
            cases: Vec::new(),
        }
    }
}

/// Names one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseAbout {
    /// Its name.
    pub name: String,
    /// Who may see its contents.
    pub kind: CaseKind,
}

/// Says which part of a class was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassPart {
    /// Which part, from 1.
    pub index: usize,
    /// How many parts there are.
    pub of: usize,
    /// How many submissions the whole class has.
    pub submissions: usize,
    /// A digest of the ids of all of them.
    pub class: String,
}

impl Judge {
    /// The tools of all tracks, in a phrase.
    #[must_use]
    pub fn tools_listed(&self) -> String {
        let tools: Vec<_> = self.tools.values().map(String::as_str).collect();
        tools.join(", ")
    }

    /// Tells what judges before it is known what it has here.
    #[must_use]
    pub fn not_ready() -> Self {
        Self {
            katas: env!("CARGO_PKG_VERSION").to_owned(),
            digest: String::new(),
            tools: BTreeMap::new(),
            confined: Vec::new(),
            not_confined: Vec::new(),
            key: None,
            seconds: 0,
        }
    }
}

impl Record {
    /// Makes the record of one submission of which nothing was judged, with the reason as a headline.
    #[must_use]
    pub fn unjudged(judge: Judge, course: CourseAbout, headline: &str) -> Self {
        let katas = course.katas.iter();
        let katas = katas.map(|kata| {
            KataRecord::without_cases(&kata.id, Status::Unjudged, kata.points, headline)
        });
        Self {
            format: FORMAT.to_owned(),
            judge,
            part: None,
            submissions: vec![Submission {
                katas: katas.collect(),
                ..Submission::default()
            }],
            course,
        }
    }
}

impl Record {
    /// Puts the result of an answer in the place of what was known of that kata before, in the record of one submission.
    pub fn put(&mut self, result: &KataRecord) {
        let katas = self.submissions.iter_mut().flat_map(|one| &mut one.katas);
        for kata in katas.filter(|kata| kata.kata == result.kata) {
            kata.clone_from(result);
        }
    }
}

impl<S> Record<S> {
    /// Gives a record of the same with these submissions.
    pub fn with<T>(self, submissions: T) -> Record<T> {
        Record {
            format: self.format,
            judge: self.judge,
            course: self.course,
            part: self.part,
            submissions,
        }
    }
}
