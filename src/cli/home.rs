//! `katas` without a command: your progress and the next kata.

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::track::Tracks;
use crate::ui::{NextKata, Ui};

pub(super) fn home(tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    let all = course.ids().count();
    let passed = course.ids().filter(|id| progress.passed(id)).count();
    let next = match here::next(&course, &progress) {
        Some(id) => Some(course.kata(id).map_err(|error| here::told(error, ui))?),
        None => None,
    };
    let next = next.as_ref().map(|kata| NextKata {
        id: &kata.id,
        title: &kata.spec.title,
        has_answer: kata
            .root
            .join(kata.answer(tracks.current(kata).extension()))
            .exists(),
    });
    let description = &course.description;
    let closing = description.closing.as_deref();
    ui.home(&description.title, closing, (passed, all), next.as_ref());
    Ok(Exit::Passed)
}
