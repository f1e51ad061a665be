//! What a report format is: its name, what makes it, and how it is written.
//!
//! The files beside this one implement it; the list of all formats is above them.

use std::io::{Result, Write};

use super::Surroundings;
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
