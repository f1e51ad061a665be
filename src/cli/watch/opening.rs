//! Opens a kata, and its answer in the editor.

use std::sync::Arc;

use super::super::failure::Failure;
use super::super::{editing, here, listing};
use super::message::Message;
use super::watching::Watching;
use crate::catalog::Kata;
use crate::progress::{self, Progress};
use crate::track::Track;
use crate::ui::Status;
use crate::watch::{Action, Event, Saves};

impl Watching<'_> {
    /// Opens a kata: creates its answer if there is none, and watches it.
    pub(super) fn open(&mut self, place: usize) -> Vec<Action> {
        let Some(id) = self.ids.get(place) else {
            return Vec::new();
        };
        let kata = match self.course.kata(id) {
            Ok(kata) => kata,
            Err(error) => return self.broken(error.into()),
        };
        let track = self
            .fixed_track
            .unwrap_or_else(|| self.tracks.current(&kata));
        let created = match here::make_answer(&kata, track) {
            Ok(created) => created,
            Err(failure) => return self.broken(failure),
        };
        // Only `katas next` and `katas prev` use it.
        let _ = progress::set_current(&self.course.root, &kata.id);
        let begun = !created && is_begun(&kata, track);
        (self.kata, self.track) = (Arc::new(kata), track);
        (self.verdict, self.status) = (None, Status::Waiting);
        self.stop_saves();
        self.saves = self.start_saves();
        if !begun {
            self.worker.prepare(Arc::clone(&self.kata), track);
        }
        let open = self.is_open();
        self.state.on(Event::Opened {
            kata: place,
            begun,
            open,
        })
    }

    /// Watches no answer any more.
    pub(super) fn stop_saves(&mut self) {
        self.saves = None;
        self.generation += 1;
    }

    /// Watches the answers to the current kata, in every language or in the given one.
    fn start_saves(&self) -> Option<Saves> {
        let tracks = self.tracks.all().iter();
        let tracks = tracks.filter(|track| {
            self.fixed_track
                .is_none_or(|fixed| fixed.name() == track.name())
        });
        let answer = |track: &&dyn Track| self.kata.answer(track.extension());
        let files = tracks.map(|track| self.kata.root.join(answer(track)));
        let (send, generation) = (self.send.clone(), self.generation);
        let saved = move |noticed| {
            let _ = send.send(Message::Saved(generation, noticed));
        };
        Saves::start(files.collect(), self.way, saved).ok()
    }

    /// Whether the reference answer may be shown without a question.
    pub(super) fn is_open(&self) -> bool {
        let progress = Progress::of(&self.course.root);
        progress.is_ok_and(|progress| {
            progress.passed(&self.kata.id) || progress.has_given_up(&self.kata.id)
        })
    }

    /// Opens the answer in the editor.
    pub(super) fn edit(&mut self) -> Result<(), Failure> {
        let file = self
            .kata
            .root
            .join(self.kata.answer(self.track.extension()));
        let Some(editor) = self.editor.find() else {
            self.status = Status::Notice(editing::NO_EDITOR.to_owned());
            return Ok(());
        };
        let shown = here::from_here(&file).display().to_string();
        if editor.takes_terminal() {
            let opened = match self.view.lend(|| editor.open(&file)) {
                Some(opened) => opened.map_err(|error| listing::no_screen(&error))?,
                // The thread that reads lines would take the editor's input.
                None => {
                    self.status = Status::Notice(format!("Open {shown} in another terminal."));
                    return Ok(());
                }
            };
            if let Some(problem) = editing::problem(&editor, &opened) {
                self.status = Status::Notice(problem);
            }
            return Ok(());
        }
        self.status = Status::Notice(format!("Opened {shown} with `{}`.", editor.command()));
        let send = self.send.clone();
        // Some commands return only when the window is closed.
        std::thread::spawn(move || {
            if let Some(problem) = editing::problem(&editor, &editor.open(&file)) {
                let _ = send.send(Message::Notice(problem));
            }
        });
        Ok(())
    }
}

/// Whether the answer is more than the starter.
fn is_begun(kata: &Kata, track: &dyn Track) -> bool {
    let answer = std::fs::read(kata.root.join(kata.answer(track.extension())));
    let starter = kata.starter(track.extension());
    match (answer, starter) {
        (Ok(answer), Ok(starter)) => answer != starter.as_bytes(),
        _ => true,
    }
}
