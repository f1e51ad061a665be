//! `katas list`: every kata, and the learner's progress.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::ui::{Row, State, Ui};

#[derive(Args)]
pub(super) struct List {}

pub(super) fn list(_command: &List, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    let mut chapters = Vec::new();
    for chapter in &course.description.chapters {
        let mut rows = Vec::new();
        for id in &chapter.katas {
            let kata = course.kata(id).map_err(|error| here::told(error, ui))?;
            let done = progress.best(id);
            rows.push(Row {
                id: kata.id,
                title: kata.spec.title,
                difficulty: kata.spec.difficulty.name().to_owned(),
                state: match done {
                    _ if done.passed => State::Passed,
                    _ if done.tries > 0 => State::Begun,
                    _ => State::Untouched,
                },
            });
        }
        chapters.push((chapter.title.clone(), rows));
    }
    ui.list(&course.description.title, &chapters);
    Ok(Exit::Passed)
}
