//! `katas list`: lists every kata and the learner's progress; on a terminal, as a screen to choose from.

use std::sync::mpsc::channel;

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::reports::Reports;
use super::{here, listing, stop, watch};
use crate::catalog::Course;
use crate::progress::Progress;
use crate::record::{Judge, Record};
use crate::track::Tracks;
use crate::ui::{Input, Terminal, Ui};
use crate::watch::{Choice, Key, List as Rows};

#[derive(Args)]
pub(super) struct List {
    /// Print the katas and their cases in machine-readable form, as a record without results
    #[arg(long)]
    json: bool,
    /// Print the list even on a terminal, instead of a screen to choose from
    #[arg(long, conflicts_with = "json")]
    plain: bool,
}

pub(super) fn list(command: &List, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    if command.json {
        return json(&course, ui);
    }
    if command.plain || !ui.has_screen() {
        listing::print(&course, tracks, &progress, ui)?;
        return Ok(Exit::Passed);
    }
    match choose(&course, tracks, &progress, ui)? {
        Choice::Open(place) => {
            let id = course.ids().nth(place).map(str::to_owned);
            watch::watch(&watch::Watch::of(id), tracks, ui)
        }
        Choice::Interrupt => Ok(Exit::Interrupted),
        Choice::Leave | Choice::Stay => Ok(Exit::Passed),
    }
}

/// Lets the learner choose a kata on a whole screen.
fn choose(
    course: &Course,
    tracks: Tracks,
    progress: &Progress,
    ui: &mut Ui,
) -> Result<Choice, Failure> {
    let rows = listing::rows(course, tracks, progress).map_err(|error| here::told(error, ui))?;
    let next = here::next(course, progress);
    let cursor = next.and_then(|next| rows.iter().position(|row| row.id == next));
    let mut list = Rows::new(rows, cursor.unwrap_or(0));
    let (send, inputs) = channel();
    let stop = send.clone();
    stop::when_asked(move || {
        let _ = stop.send(Input::Key(Key::Interrupt));
    })?;
    let mut terminal = Terminal::take(move |input| {
        let _ = send.send(input);
    })
    .map_err(|error| listing::no_screen(&error))?;
    loop {
        let size = Terminal::size();
        terminal.draw(ui.list_screen(&course.description.title, &mut list, size));
        match inputs.recv() {
            Ok(Input::Resized) => {}
            Ok(Input::Key(key)) => match list.on(key) {
                Choice::Stay => {}
                choice => return Ok(choice),
            },
            Err(_) => return Ok(Choice::Leave),
        }
    }
}

/// A course and its cases as a record, before anything is judged.
fn json(course: &Course, ui: &mut Ui) -> Result<Exit, Failure> {
    let katas = course.ids().map(|id| course.kata(id));
    let katas = katas
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| here::told(error, ui))?;
    let about = here::about(course, &katas)?;
    let record = Record::unjudged(Judge::not_ready(), about, "not judged: only listed.");
    Reports::read(&["json=-".to_owned()], false)?.write(&record, ui)?;
    Ok(Exit::Passed)
}
