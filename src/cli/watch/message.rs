//! What the main loop of `katas watch` waits for.

use crate::ui::Input;
use crate::watch::{Noticed, Report};

/// What the main loop waits for.
pub(super) enum Message {
    Input(Input),
    /// A line, where there is no screen.
    Typed(String),
    /// A save, noticed by the watcher with this number.
    Saved(u64, Noticed),
    Report(Report),
    /// Something that the learner should know.
    Notice(String),
    Stop,
}
