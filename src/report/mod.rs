//! Reports: a record as the bytes that a gradebook, a CI service or a person reads.
//!
//! A format only writes down what the record says. It opens no file, prints nothing and decides nothing; where its bytes
//! go is `cli`'s affair. To add one: a file beside this one, a line in [`FORMATS`], a golden file in the tests.

mod html;
mod json;

pub use json::{ReadError, read};

use crate::record::Record;

/// A kind of report.
pub trait Format: Sync {
    /// Its name, as a person types it in `--report NAME=PATH`.
    fn name(&self) -> &'static str;

    /// What it is and who reads it, in a few words.
    fn about(&self) -> &'static str;

    /// Says whether one report holds a whole class; else it holds the first submission of the record.
    fn holds_class(&self) -> bool;

    /// Writes the report.
    fn render(&self, record: &Record) -> Vec<u8>;
}

/// Every format, by what reads it: programs first, people last.
pub const FORMATS: &[&dyn Format] = &[&json::Json, &html::Html];

/// Finds a format by its name.
#[must_use]
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().find(|format| format.name() == name).copied()
}
