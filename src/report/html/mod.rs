//! `html`: the class page, a single file that opens without a network and in which nothing from a student can run.
//!
//! A class becomes a heat map with all details; a single submission becomes one student's result, on a page without a
//! script. Each part of the page has a file: it turns the record into plain values, which the templates lay out.
//! Sources and screens are in a separate store ([`store`]), and the page's script shows them on request.

mod about;
mod alike;
mod class;
mod groups;
mod katas;
mod known;
mod mistakes;
mod one;
mod page;
mod policy;
mod same;
mod store;
mod table;
mod templates;
#[cfg(test)]
mod tests;
mod words;
mod wrong;

use std::io::{Result, Write};

use super::{Format, Renderer};
use crate::record::AnyRecord;

/// The class page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "the class page, one file for the teacher's browser"
    }

    fn renderer(&self) -> Renderer {
        Renderer::Class(Self::write)
    }
}

impl Html {
    fn write(record: &AnyRecord, out: &mut dyn Write) -> Result<()> {
        match record.submissions.count() {
            // This page is for the student.
            1 => {
                let alone = record.alone(0)?;
                let seen = alone.for_students();
                one::page(&*seen, &seen.submissions[0], out)
            }
            _ => page::page(record, out),
        }
    }
}
