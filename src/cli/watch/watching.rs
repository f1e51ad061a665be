//! Everything that is there while answers are watched. The other files say what is done with it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::{editing, judged};
use super::message::Message;
use super::view::View;
use crate::catalog::{Course, Kata};
use crate::sandbox::CancelToken;
use crate::track::{Track, Tracks};
use crate::ui::{Status, Summary, Ui};
use crate::verdict::KataResult;
use crate::watch::{List, Saves, State, Way, Worker};

/// The error for a system without threads or descriptors.
pub(super) fn no_thread(error: std::io::Error) -> Failure {
    let message = format!("cannot begin to watch: {error}");
    Failure::new(Exit::MissingTool, message).hinted("close some programs and try again")
}

/// Everything that is there while answers are watched.
pub(super) struct Watching<'a> {
    pub(super) course: Course,
    /// The names of all katas.
    pub(super) ids: Vec<String>,
    pub(super) tracks: Tracks,
    /// The language from `--track`.
    pub(super) fixed_track: Option<&'static dyn Track>,
    pub(super) way: Way,
    pub(super) editor: &'a editing::EditorChoice,
    pub(super) ui: &'a mut Ui,
    pub(super) view: View,
    pub(super) send: Sender<Message>,
    pub(super) worker: Worker,
    pub(super) saves: Option<Saves>,
    /// The number of the watcher: what an earlier one noticed does not count.
    pub(super) generation: u64,
    pub(super) state: State,
    /// The current kata, and the language of the answer.
    pub(super) kata: Arc<Kata>,
    pub(super) track: &'static dyn Track,
    /// Cancels what is being judged.
    pub(super) cancel: CancelToken,
    pub(super) status: Status,
    /// The lines of the current page.
    pub(super) page: Vec<String>,
    /// The last verdict.
    pub(super) verdict: Option<Verdict>,
    /// The results of the answers to all katas.
    pub(super) summary: Vec<(String, Summary)>,
    pub(super) list: Option<List>,
    /// The answers for which the files for editors were written.
    pub(super) helped_editor: Vec<PathBuf>,
}

/// The last verdict, to show it again on another size of screen or in full.
pub(super) struct Verdict {
    pub(super) kata: Arc<Kata>,
    /// The result, or why there is none.
    pub(super) result: Result<Box<KataResult>, Failure>,
    pub(super) before: judged::Before,
}
