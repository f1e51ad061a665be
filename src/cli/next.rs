//! `katas next` and `katas prev`: show the task of the kata after or before the one that the learner works on.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::{here, show};
use crate::catalog::Course;
use crate::progress;
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Step {
    /// The kata to count from [default: the one you worked on last]
    id: Option<String>,
}

/// The direction in the course.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Next,
    Previous,
}

pub(super) fn step(
    command: &Step,
    direction: Direction,
    tracks: Tracks,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let (course, _) = here::course(ui)?;
    let ids: Vec<&str> = course.ids().collect();
    let current = match &command.id {
        Some(typed) => Some(course.lookup(typed)?.to_owned()),
        None => current(&course, tracks),
    };
    let place = current.and_then(|id| ids.iter().position(|known| *known == id));
    let wanted = match (direction, place) {
        (Direction::Next, None) => Some(0),
        (Direction::Next, Some(place)) => Some(place + 1),
        (Direction::Previous, None) => None,
        (Direction::Previous, Some(place)) => place.checked_sub(1),
    };
    let Some(id) = wanted.and_then(|place| ids.get(place)) else {
        let what = match direction {
            Direction::Next => "there is no kata after this one",
            Direction::Previous => "there is no kata before this one",
        };
        return Err(Failure::new(Exit::Usage, what).hinted("`katas list` shows every kata"));
    };
    progress::set_current(&course.root, id)?;
    show::show(&show::Show::of((*id).to_owned()), tracks, ui)
}

/// The kata that the learner worked on last: the one that was chosen last, or whose answer was saved last.
pub(super) fn current(course: &Course, tracks: Tracks) -> Option<String> {
    let answers = tracks.all().iter().flat_map(|track| {
        let answers = here::answers(course, *track).into_iter();
        answers.filter_map(|(id, file)| Some((file.metadata().ok()?.modified().ok()?, id)))
    });
    let chosen = progress::current(&course.root).map(|(id, time)| (time, id));
    let last = answers.chain(chosen).max_by_key(|(time, _)| *time);
    last.map(|(_, id)| id)
}
