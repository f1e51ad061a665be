//! Watching an answer: saves are noticed, judged in a separate thread, and shown; keys do the rest.
//!
//! [`State`] decides what happens after each event, as plain data in and out: it reads no file, starts nothing and
//! draws nothing. [`Saves`] notices saves, [`Worker`] judges. `cli/watch` joins them with the terminal.

mod event;
mod list;
mod saves;
mod state;
mod worker;

pub(crate) use event::{Action, Event, Key, Page, Question};
pub(crate) use list::{Choice, List, ListRow, Standing};
pub(crate) use saves::{Noticed, Saves, Way};
pub(crate) use state::State;
pub(crate) use worker::{Order, Report, Submission, Worker};
