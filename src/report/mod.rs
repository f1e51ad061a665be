//! Reports: a record as the bytes that a gradebook, a CI service or a person reads.
//!
//! What a student may read, or a job whose log a student sees, is made from [`Record::for_students`].
//!
//! A format only writes down what the record says. It opens no file, prints nothing and decides nothing; where its bytes
//! go is `cli`'s affair. To add one: a file beside this one, a line in [`FORMATS`], a golden file in the tests.

mod annotations;
pub mod classroom;
pub mod classroom50;
mod escaped;
mod exercism;
mod gradebook;
mod gradescope;
mod html;
mod json;
mod junit;
mod markdown;
mod prairielearn;
mod rows;
mod surroundings;
mod text;

pub use json::{ReadError, read};
pub use surroundings::{Surroundings, utc};

use std::io::Write;

use crate::record::Record;

/// A kind of report.
pub trait Format: Sync {
    /// Its name, as a person types it in `--report NAME=PATH`.
    fn name(&self) -> &'static str;

    /// What it is and who reads it, in a few words.
    fn about(&self) -> &'static str;

    /// Says whether one report holds a whole class; else it holds the first submission of the record.
    fn holds_class(&self) -> bool;

    /// Says whether the report is added to a file that others write to as well, as a step's outputs are.
    fn is_appended(&self) -> bool {
        false
    }

    /// Writes the report.
    fn render(&self, record: &Record) -> Vec<u8>;

    /// Writes the report to a stream, part by part where it is long.
    ///
    /// # Errors
    /// When the stream does not take it.
    fn write(
        &self,
        record: &Record,
        place: &Surroundings,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        out.write_all(&self.render_in(record, place))
    }

    /// Writes the report with what it says of the place it is made in; most say nothing of it.
    fn render_in(&self, record: &Record, _place: &Surroundings) -> Vec<u8> {
        self.render(record)
    }
}

/// Every format, by what reads it: programs first, people last.
pub const FORMATS: &[&dyn Format] = &[
    &json::Json,
    &junit::Junit,
    &classroom::Classroom,
    &classroom50::Classroom50,
    &gradescope::Gradescope,
    &prairielearn::Prairielearn,
    &exercism::Exercism,
    &gradebook::Csv,
    &gradebook::Canvas,
    &gradebook::Moodle,
    &markdown::Markdown,
    &html::Html,
];

/// Finds a format by its name.
#[must_use]
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().find(|format| format.name() == name).copied()
}
