//! The trait of a report format: its name, its renderer, and how it is written.
//!
//! The other files of this module implement it; `mod.rs` lists all formats.

use std::io::{Result, Write};

use super::Surroundings;
use crate::record::{AnyRecord, Record};

/// A report format.
pub trait Format: Sync {
    /// Its name, as a person types it in `--report NAME=PATH`.
    fn name(&self) -> &'static str;

    /// What it is and who reads it, in a few words.
    fn about(&self) -> &'static str;

    /// Returns the renderer.
    fn renderer(&self) -> Renderer;

    /// Returns whether the report is appended to a file that others also write to, such as a step's outputs.
    fn is_appended(&self) -> bool {
        false
    }

    /// Returns whether a report can contain a whole class; otherwise it contains the first submission of the record.
    fn can_contain_class(&self) -> bool {
        matches!(self.renderer(), Renderer::Class(_))
    }

    /// Writes the report to a stream, one submission at a time for a class.
    ///
    /// # Errors
    /// When writing to the stream fails, or a submission on disk cannot be read.
    fn write(&self, record: &AnyRecord, place: &Surroundings, out: &mut dyn Write) -> Result<()> {
        match self.renderer() {
            Renderer::Class(write) => write(record, out),
            Renderer::One(render) => {
                out.write_all(&render(&record.alone(0)?.for_students(), place))
            }
        }
    }

    /// Renders a record in memory, with its surroundings.
    fn render_in(&self, record: &Record, place: &Surroundings) -> Vec<u8> {
        let mut bytes = Vec::new();
        let written = self.write(record, place, &mut bytes);
        written.expect("reading from memory and writing to it cannot fail");
        bytes
    }

    /// Renders a record in memory.
    fn render(&self, record: &Record) -> Vec<u8> {
        self.render_in(record, &Surroundings::unknown())
    }
}

/// A function that renders a report.
#[derive(Clone, Copy)]
pub enum Renderer {
    /// Creates the report of one submission, from what its student may know of it.
    One(fn(&Record, &Surroundings) -> Vec<u8>),
    /// Writes the report of a class for its teacher. If students can read it too, for example in a CI log, the format
    /// uses [`Record::for_students`] for each submission.
    Class(fn(&AnyRecord, &mut dyn Write) -> Result<()>),
}
