//! A summary of a class for the parts of its page: the students, the result of each answer, and the points.

use std::borrow::Cow;
use std::io::Result;

use super::words::share;
use crate::record::{AnyRecord, CaseStatus, KataRecord, Status, Submission};

/// A record of a class with the data that every part of the page needs: a few bytes for each answer.
pub(super) struct Class<'a> {
    pub(super) record: &'a AnyRecord,
    /// The name of each student.
    pub(super) labels: Vec<String>,
    /// The points of each student.
    pub(super) totals: Vec<f64>,
    /// The result of each answer and its share of the points, the katas of a student one after another.
    cells: Vec<(Status, f64)>,
    /// The number of students without an answer.
    pub(super) none: usize,
    /// Whether any submission has problems.
    pub(super) is_noted: bool,
}

impl<'a> Class<'a> {
    /// Summarizes a record in one pass.
    pub(super) fn of(record: &'a AnyRecord) -> Result<Self> {
        let mut class = Self {
            record,
            labels: Vec::new(),
            totals: Vec::new(),
            cells: Vec::new(),
            none: 0,
            is_noted: false,
        };
        for submission in record.submissions.each() {
            let submission = submission?;
            class.labels.push(label(&submission).to_owned());
            class.totals.push(submission.points().given);
            for (kata, about) in record.course.katas.iter().enumerate() {
                let cell = submission.kata(kata, &about.id);
                let cell = cell.map_or((Status::Missing, 0.0), |cell| (cell.status, share(cell)));
                class.cells.push(cell);
            }
            let mut katas = submission.katas.iter();
            class.none += usize::from(katas.all(|kata| kata.status == Status::Missing));
            class.is_noted |= !submission.problems.is_empty();
        }
        Ok(class)
    }

    /// Returns the result of a student's answer to a kata, and its share of the points.
    pub(super) fn cell(&self, student: usize, kata: usize) -> (Status, f64) {
        self.cells[student * self.record.course.katas.len() + kata]
    }

    /// Reads the full result of a student's answer to a kata, which must exist.
    pub(super) fn read(&self, student: usize, kata: usize) -> Result<Cow<'a, KataRecord>> {
        let id = &self.record.course.katas[kata].id;
        let cell = self.record.submissions.kata(student, kata, id)?;
        cell.ok_or_else(|| std::io::Error::other("a submission has lost a kata"))
    }

    /// Returns the maximum number of points there are.
    pub(super) fn most(&self) -> u32 {
        self.record
            .course
            .katas
            .iter()
            .map(|kata| kata.points)
            .sum()
    }

    /// Returns the average share of the points, from 0 to 1.
    pub(super) fn average(&self) -> f64 {
        let given: f64 = self.totals.iter().sum();
        let all = f64::from(self.most()) * self.labels.len() as f64;
        if all == 0.0 { 0.0 } else { given / all }
    }

    /// Counts the students who passed every kata.
    pub(super) fn passed_all(&self) -> usize {
        let katas = 0..self.record.course.katas.len();
        let passed = |student: &usize| {
            let mut ways = katas.clone().map(|kata| self.cell(*student, kata).0);
            ways.all(|way| way == Status::Passed)
        };
        (0..self.labels.len()).filter(passed).count()
    }
}

/// The display name of a student: the name, the id, or a placeholder.
pub(super) fn label(submission: &Submission) -> &str {
    match submission.label() {
        "" => "(no name)",
        label => label,
    }
}

/// The first case that an answer failed; `None` if every judged case is right.
pub(super) fn stop(kata: &KataRecord) -> Option<usize> {
    let done = [CaseStatus::Passed, CaseStatus::Open];
    kata.cases
        .iter()
        .position(|case| !done.contains(&case.status))
}
