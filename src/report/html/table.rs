//! The heat map: students × katas, with the share of points of each answer.

use std::collections::HashMap;

use serde::Serialize;

use super::class::Class;
use super::words::{class, percent};
use crate::record::{Status, Submission, shown};

/// The table without its rows.
#[derive(Serialize)]
pub(super) struct Table {
    columns: Vec<Column>,
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

/// The result of a student's answers.
#[derive(Serialize)]
pub(super) struct Row {
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
    /// The label for screen readers.
    said: &'static str,
}

impl Table {
    /// Creates the table without its rows.
    pub(super) fn of(class: &Class<'_>) -> Self {
        let students = class.labels.len();
        let katas = class.record.course.katas.iter().enumerate();
        let columns = katas.map(|(kata, about)| {
            let cells = (0..students).map(|student| class.cell(student, kata));
            let sum: f64 = cells.clone().map(|(_, share)| share).sum();
            let average = sum / students.max(1) as f64;
            Column {
                id: about.id.clone(),
                title: about.title.clone(),
                most: about.points,
                average: percent(average),
                average_class: heat(average),
                passed: cells.filter(|(way, _)| *way == Status::Passed).count(),
            }
        });
        let columns: Vec<_> = columns.collect();
        let average = class.average();
        Self {
            many: columns.len() > 8,
            columns,
            most: class.most(),
            average: percent(average),
            average_class: heat(average),
            passed_all: class.passed_all(),
            students,
        }
    }
}

/// Makes the rows of a table.
pub(super) struct Rows<'a> {
    class: &'a Class<'a>,
    named: HashMap<&'a str, usize>,
}

impl<'a> Rows<'a> {
    /// Prepares to create rows.
    pub(super) fn of(class: &'a Class<'a>) -> Self {
        let mut named: HashMap<&str, usize> = HashMap::new();
        for label in &class.labels {
            *named.entry(label).or_default() += 1;
        }
        Self { class, named }
    }

    /// Creates the row of a student.
    pub(super) fn row(&self, student: usize, person: &Submission) -> Row {
        let class = self.class;
        let label = &class.labels[student];
        let is_shared = self.named[label.as_str()] > 1;
        let katas = 0..class.record.course.katas.len();
        Row {
            label: label.clone(),
            id: if is_shared {
                person.id.clone()
            } else {
                String::new()
            },
            noted: !person.problems.is_empty(),
            given: shown(class.totals[student]),
            cells: katas.map(|kata| cell(class.cell(student, kata))).collect(),
        }
    }
}

fn cell((status, share): (Status, f64)) -> Cell {
    let (text, said) = match status {
        Status::Missing => ("–".to_owned(), "no answer"),
        Status::Refused => ("error".to_owned(), ""),
        Status::Unjudged => ("?".to_owned(), "not judged"),
        Status::Passed | Status::Failed => (percent(share), ""),
    };
    Cell {
        class: class(status, share),
        text,
        said,
    }
}

/// The color of an average.
pub(super) fn heat(share: f64) -> &'static str {
    const HEAT: [&str; 11] = [
        "h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9", "h10",
    ];
    HEAT[((share * 10.0 + 1e-9) as usize).min(10)]
}
