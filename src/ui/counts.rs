//! Counts over a class, for its table.

use std::collections::BTreeMap;
use std::io::Result;

use crate::record::{AnyRecord, Status, Submission};

/// The maximum number of mistakes, and of problems, of a class that are listed.
pub(super) const MISTAKES: usize = 5;

/// The results of an answer, each with the heading of its column.
pub(super) const COLUMNS: &[(&str, Status)] = &[
    ("passed", Status::Passed),
    ("not yet", Status::Failed),
    ("cannot be run", Status::Refused),
    ("no answer", Status::Missing),
    ("not judged", Status::Unjudged),
];

/// Counts over a class, made in a single pass.
pub(super) struct Counts {
    /// For each kata, the number of answers with each result, in the order of [`COLUMNS`].
    pub(super) ways: Vec<[usize; COLUMNS.len()]>,
    pub(super) given: f64,
    /// The maximum points of the last submission.
    pub(super) most: u32,
    /// Whether every answer was judged.
    pub(super) is_whole: bool,
    pub(super) mistakes: BTreeMap<String, usize>,
    pub(super) unexplained: usize,
    pub(super) problems: usize,
    pub(super) first_problems: Vec<(String, String)>,
}

impl Counts {
    pub(super) fn of(record: &AnyRecord) -> Result<Self> {
        let mut counts = Self {
            ways: vec![Default::default(); record.course.katas.len()],
            given: 0.0,
            most: 0,
            is_whole: true,
            mistakes: BTreeMap::new(),
            unexplained: 0,
            problems: 0,
            first_problems: Vec::new(),
        };
        for submission in record.submissions.each() {
            counts.add(&*submission?);
        }
        Ok(counts)
    }

    fn add(&mut self, submission: &Submission) {
        let points = submission.points();
        self.given += points.given;
        self.most = points.most;
        for (kata, ways) in submission.katas.iter().zip(&mut self.ways) {
            let way = COLUMNS
                .iter()
                .zip(ways)
                .find(|((_, status), _)| *status == kata.status);
            way.into_iter().for_each(|(_, count)| *count += 1);
        }
        for kata in &submission.katas {
            self.is_whole &= kata.status != Status::Unjudged;
            self.unexplained += usize::from(kata.outputs.is_some() && kata.causes.is_empty());
            if let Some(cause) = kata.causes.first().filter(|cause| cause.certain) {
                let name = format!("{}  {}", kata.kata, cause.id);
                *self.mistakes.entry(name).or_default() += 1;
            }
        }
        self.problems += submission.problems.len();
        let room = MISTAKES - self.first_problems.len();
        let first = submission.problems.iter().take(room);
        self.first_problems
            .extend(first.map(|problem| (submission.id.clone(), problem.clone())));
    }
}
