//! A line about the current step, rewritten in place on a terminal and printed once per step elsewhere.

use std::io::Write;

use super::{Ui, duration, words};
use crate::printable;
use crate::track::Progress;

/// The progress line while the tools are being prepared.
#[derive(Default)]
pub struct ProgressLine {
    parts: usize,
    shown: bool,
}

impl ProgressLine {
    /// Shows a step.
    pub fn show(&mut self, ui: &mut Ui, step: &Progress) {
        match step {
            Progress::Starts { what } => {
                ui.status(&format!("Building {what}."));
            }
            Progress::Waits => {
                ui.status(
                    "Waiting for another katas process, which is building the libraries for answers.",
                );
            }
            Progress::Step(name) => {
                self.parts += 1;
                if ui.lively {
                    let name = printable::line(name);
                    let line =
                        words::clip(&format!("  {} built, now {name}", self.parts), ui.width - 1);
                    let _ = write!(ui.err, "\r\x1b[K{line}");
                    let _ = ui.err.flush();
                    self.shown = true;
                }
            }
            Progress::Done(time) => {
                self.clear(ui);
                ui.status(&format!(
                    "Built in {}. Later runs reuse it.",
                    duration::short(*time)
                ));
                ui.status("");
            }
        }
    }

    /// Removes the line.
    pub fn clear(&mut self, ui: &mut Ui) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(ui.err, "\r\x1b[K");
            let _ = ui.err.flush();
        }
    }
}
