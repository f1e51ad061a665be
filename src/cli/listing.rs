//! The katas of a course with the learner's progress, for `katas list` and for the list in `katas watch`.

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::catalog::{CatalogError, Course};
use crate::progress::Progress;
use crate::track::Tracks;
use crate::ui::Ui;
use crate::watch::{ListRow, Standing};

/// Prints the list.
pub(super) fn print(
    course: &Course,
    tracks: Tracks,
    progress: &Progress,
    ui: &mut Ui,
) -> Result<(), Failure> {
    let rows = rows(course, tracks, progress).map_err(|error| here::told(error, ui))?;
    let mut rows = rows.into_iter();
    let chapters: Vec<_> = course
        .description
        .chapters
        .iter()
        .map(|chapter| {
            let rows = rows.by_ref().take(chapter.katas.len());
            (chapter.title.clone(), rows.collect())
        })
        .collect();
    let given_up: Vec<_> = course
        .ids()
        .filter(|id| progress.has_given_up(id))
        .collect();
    ui.list(&course.description.title, &chapters);
    if !given_up.is_empty() {
        ui.blank();
        ui.say(
            0,
            &format!(
                "The reference answer was shown before an answer passed: {}.",
                given_up.join(", ")
            ),
        );
    }
    Ok(())
}

/// The rows of the list, in the order of the course.
pub(super) fn rows(
    course: &Course,
    tracks: Tracks,
    progress: &Progress,
) -> Result<Vec<ListRow>, CatalogError> {
    let mut rows = Vec::new();
    for chapter in &course.description.chapters {
        for id in &chapter.katas {
            let kata = course.kata(id)?;
            let done = progress.best(id);
            let offered = tracks.all().iter();
            let offered = offered.filter(|track| kata.has_starter(track.extension()));
            rows.push(ListRow {
                tracks: offered.map(|track| track.name()).collect(),
                id: kata.id,
                title: kata.spec.title,
                chapter: chapter.title.clone(),
                difficulty: kata.spec.difficulty.name().to_owned(),
                points: kata.spec.points,
                standing: match done {
                    _ if done.passed => Standing::Passed,
                    _ if done.tries > 0 => Standing::Tried,
                    _ => Standing::Untouched,
                },
            });
        }
    }
    Ok(rows)
}

/// The error for a terminal that cannot show a whole screen.
pub(super) fn no_screen(error: &std::io::Error) -> Failure {
    let message = format!("cannot use the whole terminal: {error}");
    Failure::new(Exit::MissingTool, message).hinted("--plain only prints lines")
}
