//! The heat map: students × katas, with the share of points of each answer.

use std::collections::HashMap;

use serde::Serialize;

use super::class::Class;
use super::words::{class, percent, share};
use crate::record::{KataRecord, Status, shown};

/// Holds the table.
#[derive(Serialize)]
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
    most: u32,
    average: String,
    average_class: &'static str,
    passed_all: usize,
    students: usize,
    many: bool,
}

#[derive(Serialize)]
struct Column {
    id: String,
    title: String,
    most: u32,
    average: String,
    average_class: &'static str,
    passed: usize,
}

#[derive(Serialize)]
struct Row {
    label: String,
    /// The submission's id, where another student has the same name.
    id: String,
    noted: bool,
    given: String,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    class: &'static str,
    text: String,
    /// What a screen reader says instead of the text.
    said: &'static str,
}

impl Table {
    /// Lays the class out as a table.
    pub(super) fn of(class: &Class<'_>) -> Self {
        let katas = class.record.course.katas.iter().enumerate();
        let columns = katas.map(|(kata, about)| {
            let cells: Vec<_> = class.cells(kata).map(|(_, cell)| cell).collect();
            let sum: f64 = cells.iter().map(|cell| cell.map_or(0.0, share)).sum();
            let average = sum / cells.len().max(1) as f64;
            let passed = |cell: &&Option<&KataRecord>| {
                cell.is_some_and(|cell| cell.status == Status::Passed)
            };
            Column {
                id: about.id.clone(),
                title: about.title.clone(),
                most: about.points,
                average: percent(average),
                average_class: heat(average),
                passed: cells.iter().filter(passed).count(),
            }
        });
        let columns: Vec<_> = columns.collect();
        let mut named: HashMap<&str, usize> = HashMap::new();
        for label in &class.labels {
            *named.entry(label).or_default() += 1;
        }
        let is_shared = |student: usize| named[class.labels[student].as_str()] > 1;
        let average = class.average();
        Self {
            many: columns.len() > 8,
            columns,
            rows: (0..class.labels.len())
                .map(|student| row(class, student, is_shared(student)))
                .collect(),
            most: class.most(),
            average: percent(average),
            average_class: heat(average),
            passed_all: class.passed_all(),
            students: class.labels.len(),
        }
    }
}

fn row(class: &Class<'_>, student: usize, is_shared: bool) -> Row {
    let submission = &class.record.submissions[student];
    let label = &class.labels[student];
    let katas = 0..class.record.course.katas.len();
    Row {
        label: label.clone(),
        id: if is_shared {
            submission.id.clone()
        } else {
            String::new()
        },
        noted: !submission.problems.is_empty(),
        given: shown(submission.points().given),
        cells: katas.map(|kata| cell(class.cell(student, kata))).collect(),
    }
}

fn cell(kata: Option<&KataRecord>) -> Cell {
    let (text, said) = match kata.map_or(Status::Missing, |kata| kata.status) {
        Status::Missing => ("–".to_owned(), "no answer"),
        Status::Refused => ("error".to_owned(), ""),
        Status::Unjudged => ("?".to_owned(), "not judged"),
        Status::Passed | Status::Failed => (
            kata.map_or_else(String::new, |kata| percent(share(kata))),
            "",
        ),
    };
    Cell {
        class: class(kata),
        text,
        said,
    }
}

/// The colour of an average.
pub(super) fn heat(share: f64) -> &'static str {
    const HEAT: [&str; 11] = [
        "h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9", "h10",
    ];
    HEAT[((share * 10.0 + 1e-9) as usize).min(10)]
}
