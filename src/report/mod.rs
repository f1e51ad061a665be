//! Reports: a record as the bytes that a gradebook, a CI service or a person reads.
//!
//! A format only formats the record. It opens no file, prints nothing and decides nothing; `cli` writes its bytes.
//! `CONTRIBUTING.md` says what a new format needs.

mod annotations;
pub mod classroom;
pub mod classroom50;
mod escaped;
mod exercism;
mod format;
mod gradebook;
mod gradescope;
mod html;
mod json;
mod junit;
mod markdown;
mod prairielearn;
mod request;
mod rows;
mod surroundings;
mod text;

pub use format::{Format, Renderer};
pub use json::{Each, ReadError, read, read_each};
pub use markdown::explanation;
pub use request::{PathPattern, Request, RequestError, Target};
pub use surroundings::{Surroundings, utc};

/// Every format: those for programs first, those for people last.
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
