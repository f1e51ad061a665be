//! `katas list`: lists every kata and the learner's progress.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use super::reports::Reports;
use crate::catalog::Course;
use crate::record::{Judge, Record};
use crate::ui::{Row, State, Ui};

#[derive(Args)]
pub(super) struct List {
    /// Print the katas and their cases in machine-readable form, as a record without results
    #[arg(long)]
    json: bool,
}

pub(super) fn list(command: &List, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    if command.json {
        return json(&course, ui);
    }
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
    Ok(Exit::Passed)
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
