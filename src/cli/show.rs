//! `katas show`: shows the task of a kata.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Show {
    /// The kata [default: the next one you have not passed]
    id: Option<String>,
}

impl Show {
    /// The command for a kata.
    pub(super) fn of(id: String) -> Self {
        Self { id: Some(id) }
    }
}

pub(super) fn show(command: &Show, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    if command.id.is_none() && here::next(&course, &progress).is_none() {
        return super::home::home(tracks, ui);
    }
    let kata = here::kata(&course, &progress, command.id.as_deref(), ui)?;
    let track = tracks.current(&kata);
    ui.markdown(&here::text_for(tracks, track, &kata.statement()?));
    ui.blank();
    let needs = course.description.needs.get(&kata.id).into_iter().flatten();
    let missing: Vec<_> = needs
        .filter(|id| !progress.passed(id))
        .map(String::as_str)
        .collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        ui.say(
            0,
            &format!("This kata builds on {missing}, which you have not passed yet."),
        );
        ui.blank();
    }
    let id = &kata.id;
    ui.tolerance(&kata.spec);
    // The note is about bits, so it is left out if there is a tolerance, or if the result is not a float.
    let note = track
        .note()
        .filter(|_| kata.spec.is_exact() && kata.spec.returns.is_float());
    if let Some(note) = note {
        ui.say(0, note);
        ui.blank();
    }
    let file = here::from_here(&kata.root.join(kata.answer(track.extension())));
    ui.steps(&[
        (
            &format!("katas run {id}"),
            &format!("judge {}", file.display()),
        ),
        (&format!("katas hint {id}"), "get a hint"),
    ]);
    Ok(Exit::Passed)
}
