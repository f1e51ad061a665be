//! The part of a record that students may see: nothing that could reveal a sealed input.
//!
//! Every report that is read by a student, or by a job whose log a student sees, is made from [`Record::for_students`].

use std::borrow::Cow;

use super::{CaseRecord, CaseStatus, KataRecord, Record};
use crate::spec::{CaseKind, SealedResults};

impl Record {
    /// Returns what students may see: only how many sealed cases of a kata passed, or nothing about them.
    #[must_use]
    pub fn for_students(&self) -> Cow<'_, Self> {
        let mut katas = self.submissions.iter().flat_map(|one| &one.katas);
        if self.judge.key.is_none() && !katas.any(|kata| kata.cases.iter().any(is_sealed)) {
            return Cow::Borrowed(self);
        }
        let mut record = self.clone();
        if self.course.sealed == SealedResults::Teacher {
            for about in &mut record.course.katas {
                about.cases.retain(|case| case.kind != CaseKind::Sealed);
            }
        }
        for submission in &mut record.submissions {
            for kata in &mut submission.katas {
                *kata = kata.for_students(self.course.sealed);
            }
        }
        Cow::Owned(record)
    }
}

impl KataRecord {
    /// Returns what students may see of one answer.
    #[must_use]
    pub fn for_students(&self, sealed: SealedResults) -> Self {
        let mut kata = self.clone();
        let (mut cases, open): (Vec<_>, Vec<_>) =
            kata.cases.into_iter().partition(|case| !is_sealed(case));
        match sealed {
            SealedResults::Count => cases.extend(anonymous(open)),
            SealedResults::Teacher => {}
        }
        kata.cases = cases;
        if let Some(view) = kata.students.take() {
            kata.status = view.status;
            kata.points = view.points;
            kata.headline = view.headline;
            kata.screen = view.screen;
        }
        kata
    }
}

/// Whether a sealed case was judged.
fn is_sealed(case: &CaseRecord) -> bool {
    case.kind == CaseKind::Sealed && case.status != CaseStatus::Open
}

/// The cases without anything that distinguishes them, sorted by result, so that only the numbers are visible.
fn anonymous(cases: Vec<CaseRecord>) -> Vec<CaseRecord> {
    let mut statuses: Vec<_> = cases.iter().map(|case| case.status).collect();
    statuses.sort_by_key(|status| *status != CaseStatus::Passed);
    let count = cases.len();
    let cases = cases.into_iter().zip(statuses);
    let cases = cases.map(|(case, status)| CaseRecord {
        name: format!("one of {count}"),
        said: match status {
            CaseStatus::Passed => String::new(),
            CaseStatus::Waits => case.said,
            _ => "A sealed case does not pass. Students are not told which one.".to_owned(),
        },
        status,
        ..case
    });
    cases.collect()
}
