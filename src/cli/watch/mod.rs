//! `katas watch`: judges an answer after each save, and shows the verdict in place of the last one.
//!
//! This file joins what happens with what is done: [`State`] decides, `pages.rs` makes the text of a page by running
//! the command for it, `judging.rs` passes answers to the [`Worker`] and takes its results.

mod draw;
mod judging;
mod message;
mod opening;
mod pages;
mod view;
mod watching;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::{editing, here, stop};
use crate::files::Cache;
use crate::sandbox::CancelToken;
use crate::track::Tracks;
use crate::ui::{Input, Status, Ui};
use crate::watch::{Action, Choice, Event, Key, Page, State, Way, Worker};
use message::Message;
use view::View;
use watching::{Watching, no_thread};

#[derive(Args)]
pub(super) struct Watch {
    /// The kata [default: the next one you have not passed]
    id: Option<String>,
    /// Watch your answer in this language: {languages} [default: that of your newest answer]
    #[arg(long, value_name = "LANGUAGE")]
    track: Option<String>,
    /// Look at the file ten times a second, for network folders and WSL, where saves are not reported
    #[arg(long)]
    poll: bool,
    /// Only print lines; you type a word and Enter instead of a key [default where there is no screen]
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    editor: editing::EditorChoice,
}

impl Watch {
    /// The command for a kata, with the default options.
    pub(super) fn of(id: Option<String>) -> Self {
        Self {
            id,
            track: None,
            poll: false,
            plain: false,
            editor: editing::EditorChoice::default(),
        }
    }
}

pub(super) fn watch(command: &Watch, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    let kata = here::kata(&course, &progress, command.id.as_deref(), ui)?;
    let track = match &command.track {
        Some(name) => Some(here::named_track(tracks, name)?),
        None => None,
    };
    let (send, messages) = channel();
    let stop = send.clone();
    stop::when_asked(move || {
        let _ = stop.send(Message::Stop);
    })?;
    let report = send.clone();
    let worker = Worker::start(&Cache::of_this_user()?, move |told| {
        let _ = report.send(Message::Report(told));
    })
    .map_err(no_thread)?;
    let view = View::open(command.plain, &send, ui)?;
    let ids: Vec<String> = course.ids().map(str::to_owned).collect();
    let place = ids.iter().position(|id| *id == kata.id).unwrap_or(0);
    let mut watching = Watching {
        fixed_track: track,
        way: match command.poll {
            true => Way::Polled,
            false => Way::Reported,
        },
        editor: &command.editor,
        state: State::new(ids.len()),
        track: track.unwrap_or_else(|| tracks.current(&kata)),
        kata: Arc::new(kata),
        cancel: CancelToken::new().map_err(no_thread)?,
        course,
        ids,
        tracks,
        ui,
        view,
        send,
        worker,
        saves: None,
        generation: 0,
        status: Status::Waiting,
        page: Vec::new(),
        verdict: None,
        summary: Vec::new(),
        list: None,
        helped_editor: Vec::new(),
    };
    watching.run(place, &messages)
}

impl Watching<'_> {
    fn run(&mut self, place: usize, messages: &Receiver<Message>) -> Result<Exit, Failure> {
        let mut actions = VecDeque::from([Action::Open(place)]);
        loop {
            while let Some(action) = actions.pop_front() {
                if let Some(exit) = self.act(action, &mut actions)? {
                    return Ok(exit);
                }
            }
            // The sender of this struct keeps the channel open.
            let Ok(message) = messages.recv() else {
                return Ok(Exit::Passed);
            };
            actions.extend(self.on(message)?);
        }
    }

    fn on(&mut self, message: Message) -> Result<Vec<Action>, Failure> {
        Ok(match message {
            Message::Input(Input::Resized) => self.state.on(Event::Resized),
            Message::Input(Input::Key(key)) => self.pressed(key),
            Message::Typed(line) => self.typed(line.trim()),
            Message::Saved(generation, noticed) if generation == self.generation => {
                self.state.on(Event::Saved(noticed))
            }
            Message::Saved(..) => Vec::new(),
            Message::Report(report) => self.reported(report)?,
            Message::Notice(text) => {
                self.status = Status::Notice(text);
                vec![Action::Draw]
            }
            Message::Stop => self.state.on(Event::Key(Key::Interrupt)),
        })
    }

    fn pressed(&mut self, key: Key) -> Vec<Action> {
        if matches!(self.status, Status::Notice(_)) {
            self.status = Status::Waiting;
        }
        let Some(list) = self
            .list
            .as_mut()
            .filter(|_| self.state.page() == Page::List)
        else {
            return self.state.on(Event::Key(key));
        };
        match list.on(key) {
            Choice::Stay => vec![Action::Draw],
            Choice::Open(place) => vec![Action::Open(place)],
            Choice::Leave => self.state.on(Event::Key(Key::Escape)),
            Choice::Interrupt => self.state.on(Event::Key(Key::Interrupt)),
        }
    }

    /// A line that was typed: a key, a word for it, or the name of a kata.
    fn typed(&mut self, line: &str) -> Vec<Action> {
        if line.is_empty() || self.state.question().is_some() {
            let key = line.chars().next().map_or(Key::Enter, Key::Char);
            return self.state.on(Event::Key(key));
        }
        if let Some(key) = Ui::watch_key(line) {
            self.status = Status::Waiting;
            return self.state.on(Event::Key(Key::Char(key)));
        }
        let id = self.course.lookup(line).ok();
        match id.and_then(|id| self.ids.iter().position(|known| known == id)) {
            Some(place) => vec![Action::Open(place)],
            None => {
                self.status = Status::Notice(format!("`{line}` is neither a key nor a kata."));
                vec![Action::Draw]
            }
        }
    }

    fn act(
        &mut self,
        action: Action,
        next: &mut VecDeque<Action>,
    ) -> Result<Option<Exit>, Failure> {
        match action {
            Action::Cancel => {
                self.cancel.cancel();
                self.status = Status::Waiting;
            }
            Action::Judge(number) => next.extend(self.judge(number)?),
            Action::JudgeAll(number) => next.extend(self.judge_all(number)?),
            Action::Make(page) => self.page = self.make(page),
            Action::Draw => self.draw(),
            Action::Reset => {
                // Writing the starter is not a save of the learner's.
                self.stop_saves();
                let said = self.reset().join(" ");
                next.extend(self.open(self.state.kata()));
                self.status = Status::Notice(said);
            }
            Action::GiveUp => self.page = self.solution(true),
            Action::Edit => self.edit()?,
            Action::Open(place) => next.extend(self.open(place)),
            Action::NoFurther => {
                let which = if self.state.kata() == 0 {
                    "first"
                } else {
                    "last"
                };
                self.status = Status::Notice(format!("This is the {which} kata."));
            }
            Action::Quit => return Ok(Some(Exit::Passed)),
            Action::Interrupt => return Ok(Some(Exit::Interrupted)),
        }
        Ok(None)
    }
}
