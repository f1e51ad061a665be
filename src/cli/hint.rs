//! `katas hint`: shows hints one at a time, each stronger than the last; after a known mistake, the hint for that
//! mistake comes first.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::catalog::{Hint as Step, Kata};
use crate::progress::{KataProgress, Progress};
use crate::spec::Pitfall;
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Hint {
    /// The kata [default: the next one you have not passed]
    id: Option<String>,
    /// Show every hint
    #[arg(long)]
    all: bool,
}

impl Hint {
    /// The command for the next hint.
    pub(super) fn of(id: String) -> Self {
        Self {
            id: Some(id),
            all: false,
        }
    }
}

pub(super) fn hint(command: &Hint, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, mut progress) = here::course(ui)?;
    if command.id.is_none() && here::next(&course, &progress).is_none() {
        return super::home::home(tracks, ui);
    }
    let kata = here::kata(&course, &progress, command.id.as_deref(), ui)?;
    let mut hints = kata.hints()?;
    let track = tracks.current(&kata);
    for step in &mut hints {
        step.text = here::text_for(tracks, track, &step.text);
    }
    let track = track.name();
    let done = progress.kata(&kata.id, track);
    let fallen = fallen(&kata, &done);
    // It is shown once; asking again gives the next hint.
    let fresh = fallen.filter(|pitfall| command.all || done.told.as_ref() != Some(&pitfall.id));
    if let Some(pitfall) = fresh {
        ui.say(0, "Your last answer:");
        ui.say(0, &pitfall.text);
        ui.blank();
    }
    let (id, count) = (&kata.id, hints.len());
    if hints.is_empty() {
        ui.print(&format!("{id} has no hints."));
        return Ok(Exit::Passed);
    }
    if command.all {
        for (index, step) in hints.iter().enumerate() {
            show(&kata, step, index + 1, count, ui);
        }
        progress.hinted(id, track, count)?;
        give_up(tracks, &kata, &progress, ui);
        return Ok(Exit::Passed);
    }
    let turn = turn(&done, count);
    let belongs = fresh
        .and_then(|pitfall| pitfall.hint)
        .filter(|step| *step <= count);
    let step = belongs.unwrap_or(turn);
    show(&kata, &hints[step - 1], step, count, ui);
    if let Some(pitfall) = fresh {
        progress.told(id, track, &pitfall.id, belongs)?;
    }
    if step == turn {
        progress.hinted(id, track, step)?;
    }
    let after = progress.kata(id, track);
    if after.hints + after.early.len() < count {
        let more = match step == turn {
            true => "get a stronger hint",
            false => "get the other hints, one at a time",
        };
        ui.steps(&[
            (&format!("katas hint {id}"), more),
            (&format!("katas run {id}"), "judge your answer"),
        ]);
    } else {
        ui.say(
            0,
            &format!("That was the last hint. `katas hint {id} --all` shows all of them again."),
        );
        give_up(tracks, &kata, &progress, ui);
    }
    Ok(Exit::Passed)
}

/// The pitfall recognized in the last answer.
fn fallen<'a>(kata: &'a Kata, done: &KataProgress) -> Option<&'a Pitfall> {
    let mut pitfalls = kata.spec.pitfalls.iter();
    pitfalls.find(|known| Some(&known.id) == done.pitfall.as_ref())
}

/// The next step, from 1: the first that was not shown, or the last one again.
fn turn(done: &KataProgress, count: usize) -> usize {
    let unseen = (done.hints + 1..=count).find(|step| !done.early.contains(step));
    unseen.unwrap_or(count)
}

fn show(kata: &Kata, step: &Step, number: usize, count: usize, ui: &mut Ui) {
    let title = match step.title.as_str() {
        "" => String::new(),
        title => format!(": {title}"),
    };
    ui.markdown(&format!(
        "## {}, hint {number} of {count}{title}\n\n{}",
        kata.id, step.text
    ));
    ui.blank();
}

/// Suggests `--give-up` after the last hint.
fn give_up(tracks: Tracks, kata: &Kata, progress: &Progress, ui: &mut Ui) {
    let mut tracks = tracks.all().iter();
    if progress.passed(&kata.id) || !tracks.any(|track| kata.has_reference(track.extension())) {
        return;
    }
    ui.say(
        0,
        &format!(
            "If you are still stuck, `katas solution {} --give-up` shows the reference answer, and records that it did.",
            kata.id
        ),
    );
}
