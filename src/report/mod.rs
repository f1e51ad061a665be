//! Reports: a record as the bytes that a gradebook, a CI service or a person reads.
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

pub use json::{Each, ReadError, read, read_each};
pub use surroundings::{Surroundings, utc};

use std::io::{Result, Write};

use crate::record::{AnyRecord, Record};

/// A kind of report.
pub trait Format: Sync {
    /// Its name, as a person types it in `--report NAME=PATH`.
    fn name(&self) -> &'static str;

    /// What it is and who reads it, in a few words.
    fn about(&self) -> &'static str;

    /// Gives what makes the report.
    fn renderer(&self) -> Renderer;

    /// Says whether the report is added to a file that others write to as well, as a step's outputs are.
    fn is_appended(&self) -> bool {
        false
    }

    /// Says whether one report holds a whole class; else it holds the first submission of the record.
    fn holds_class(&self) -> bool {
        matches!(self.renderer(), Renderer::Class(_))
    }

    /// Writes the report to a stream, one submission after another where it holds a class.
    ///
    /// # Errors
    /// When the stream does not take it, or a submission on disk cannot be read.
    fn write(&self, record: &AnyRecord, place: &Surroundings, out: &mut dyn Write) -> Result<()> {
        match self.renderer() {
            Renderer::Class(write) => write(record, out),
            Renderer::One(render) => {
                out.write_all(&render(&record.alone(0)?.for_students(), place))
            }
        }
    }

    /// Gives the report of a record that is in memory, with what it says of the place it is made in.
    fn render_in(&self, record: &Record, place: &Surroundings) -> Vec<u8> {
        let mut bytes = Vec::new();
        let written = self.write(record, place, &mut bytes);
        written.expect("what is in memory can be read, and memory takes what is written");
        bytes
    }

    /// Gives the report of a record that is in memory.
    fn render(&self, record: &Record) -> Vec<u8> {
        self.render_in(record, &Surroundings::unknown())
    }
}

/// What makes a report.
#[derive(Clone, Copy)]
pub enum Renderer {
    /// Makes the report of one submission, from what its student may know of it.
    One(fn(&Record, &Surroundings) -> Vec<u8>),
    /// Writes the report of a class, which its teacher reads. Where students read it too, as a CI job's log, the format
    /// takes [`Record::for_students`] of each submission.
    Class(fn(&AnyRecord, &mut dyn Write) -> Result<()>),
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
