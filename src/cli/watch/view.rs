//! Where a watched answer is shown: a whole screen, or lines that are only added.

use std::io::{BufRead, IsTerminal};
use std::sync::mpsc::Sender;

use super::super::failure::Failure;
use super::super::listing;
use super::message::Message;
use crate::ui::{Input, Terminal, Ui};

/// The lines of a page where the height of the screen does not matter.
const LINES: usize = 24;

/// Where a watched answer is shown.
pub(super) enum View {
    /// The whole terminal.
    Whole(Terminal),
    /// Lines.
    Lines {
        /// Whether keys can be typed, each as a line.
        can_type: bool,
        /// The page and the status that were printed last.
        told: String,
    },
}

impl View {
    pub(super) fn open(plain: bool, send: &Sender<Message>, ui: &Ui) -> Result<Self, Failure> {
        let send = send.clone();
        if !plain && ui.has_screen() {
            let terminal = Terminal::take(move |input: Input| {
                let _ = send.send(Message::Input(input));
            });
            return Ok(Self::Whole(
                terminal.map_err(|error| listing::no_screen(&error))?,
            ));
        }
        let can_type = std::io::stdin().is_terminal();
        if can_type {
            std::thread::spawn(move || {
                for line in std::io::stdin().lock().lines() {
                    let Ok(line) = line else { break };
                    if send.send(Message::Typed(line)).is_err() {
                        return;
                    }
                }
                let _ = send.send(Message::Typed("q".to_owned()));
            });
        }
        Ok(Self::Lines {
            can_type,
            told: String::new(),
        })
    }

    /// Gives the terminal to a program that needs the whole screen; `None` if that is not possible.
    pub(super) fn lend<T>(&mut self, run: impl FnOnce() -> T) -> Option<std::io::Result<T>> {
        match self {
            Self::Whole(terminal) => Some(terminal.lend(run)),
            Self::Lines { .. } => None,
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }

    /// The columns and rows for a page.
    pub(super) fn room(&self, ui: &Ui) -> (usize, usize) {
        match self {
            Self::Whole(_) => {
                let size = Terminal::size();
                (size.0, Ui::room(size))
            }
            Self::Lines { .. } => (ui.width(), LINES),
        }
    }
}
