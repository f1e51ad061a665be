//! A record: the judge, the course, and the submissions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{KataRecord, Status, Submission};
use crate::spec::{CaseKind, Credit, SealedResults};

/// The version this program writes and reads.
pub const FORMAT: &str = "katas/record/v2";

/// The result of judging one submission or a class of them: `S` are the submissions, in memory or on disk
/// ([`AnyRecord`](super::AnyRecord)).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record<S: ?Sized = Vec<Submission>> {
    /// [`FORMAT`].
    pub format: String,
    /// The judge.
    pub judge: Judge,
    /// The course.
    pub course: CourseAbout,
    /// The part of the class; `None` for the whole class.
    pub part: Option<ClassPart>,
    /// The submissions, in the order of their ids; a single one has no id.
    pub submissions: S,
}

/// The judge: records of different judges are never merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judge {
    /// The version of katas.
    pub katas: String,
    /// A digest of everything else that affects verdicts and is the same on every machine: the sources of katas and
    /// of `nnx`, and the limits.
    pub digest: String,
    /// The tools of each track, such as `rustc 1.95.0 (…)` of `rust`; a track whose tools do not work is not listed.
    pub tools: BTreeMap<String, String>,
    /// The layers that confined the answers, in words.
    pub confined: Vec<String>,
    /// What was not enforced, each as a clause; empty if the answers were confined.
    pub not_confined: Vec<String>,
    /// A digest of the class key; `None` if the sealed cases were not run.
    pub key: Option<String>,
    /// The time limit of an answer in seconds.
    pub seconds: u64,
}

/// The course, as far as reports need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourseAbout {
    /// The course's title.
    pub title: String,
    /// How partial credit is given.
    pub credit: Credit,
    /// What students learn about sealed cases.
    pub sealed: SealedResults,
    /// The katas that were judged, in the course's order.
    pub katas: Vec<KataAbout>,
}

/// One kata, as far as reports need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KataAbout {
    /// Its name, as a person types it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its points.
    pub points: u32,
    /// A digest of its spec, its lock and its hidden outputs.
    pub digest: String,
    /// Its cases, in order; the sealed ones last.
    pub cases: Vec<CaseAbout>,
    /// The starter in each track of the kata: similar answers all contain it.
    pub starters: BTreeMap<String, String>,
}

impl KataAbout {
    /// Creates one of which only the name is known.
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

/// The part of a class that was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassPart {
    /// The number of the part, from 1.
    pub index: usize,
    /// The number of parts.
    pub of: usize,
    /// The number of submissions in the whole class.
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

    /// Creates a judge before its tools are known.
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
    /// Creates the record of one submission that was not judged, with the reason as its headline.
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
    /// Replaces the result of a kata in the record of one submission.
    pub fn put(&mut self, result: &KataRecord) {
        let katas = self.submissions.iter_mut().flat_map(|one| &mut one.katas);
        for kata in katas.filter(|kata| kata.kata == result.kata) {
            kata.clone_from(result);
        }
    }
}

impl<S> Record<S> {
    /// Returns the same record with these submissions.
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
