//! `katas grade`: judges other people's answers, with the strictest confinement, and with the class key the sealed cases.
//!
//! A stranger's file is never followed through a link, and nothing is written into the course: no progress, no editor's
//! files, no answers made from starters.

use std::path::PathBuf;

use clap::Args;

use super::class_key::{Given, class_key};
use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::files::Cache;
use crate::grade::{self, Cases, Event, Unconfined};
use crate::sandbox::Author;
use crate::track::TRACKS;
use crate::ui::{ProgressLine, Ui};

#[derive(Args)]
pub(super) struct Grade {
    /// The katas; every kata of the course if left out
    ids: Vec<String>,
    /// Run the sealed cases with the class key in this file, else with KATAS_CLASS_KEY
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Judge even where this machine cannot confine the answers
    #[arg(long)]
    allow_unconfined: bool,
    /// End with exit code 1 if any answer does not pass
    #[arg(long)]
    fail_on_miss: bool,
}

pub(super) fn grade(command: &Grade, given: Given, ui: &mut Ui) -> Result<Exit, Failure> {
    let key = class_key(command.key_file.as_ref(), given)?;
    let (course, _) = here::course(ui)?;
    let ids: Vec<&str> = if command.ids.is_empty() {
        course.ids().collect()
    } else {
        let all = command.ids.iter().map(|id| course.lookup(id));
        all.collect::<Result<_, _>>()
            .map_err(|error| here::told(error, ui))?
    };
    let confined = grade::confined(Author::Stranger);
    if let (true, Some(warning)) = (command.allow_unconfined, confined.warning()) {
        ui.status(&warning);
    }
    let track = TRACKS[0];
    let mut rows = Vec::new();
    let mut line = ProgressLine::default();
    for id in ids {
        let kata = course.kata(id).map_err(|error| here::told(error, ui))?;
        let shown = kata.answer(track.extension());
        let answer = kata.root.join(&shown);
        if !answer.exists() {
            rows.push((id.to_owned(), None));
            continue;
        }
        let request = grade::Request {
            kata: &kata,
            track,
            answer: &answer,
            shown_as: &shown,
            cases: Cases::All,
            limits: grade::LIMITS,
            author: Author::Stranger,
            unconfined: if command.allow_unconfined {
                Unconfined::Allow
            } else {
                Unconfined::Refuse
            },
            width: ui.width(),
            cache: &Cache::of_this_user(),
            class_key: key.as_ref(),
        };
        let result = grade::judge(&request, &mut |Event::Preparing(step)| line.show(ui, &step));
        line.clear(ui);
        rows.push((id.to_owned(), Some(result?)));
    }
    ui.summary(&rows);
    ui.say(0, &format!("Confined by {}.", confined.words()));
    let passed = |(_, result): &(String, Option<_>)| {
        result
            .as_ref()
            .is_some_and(crate::verdict::KataResult::passed)
    };
    Ok(if command.fail_on_miss && !rows.iter().all(passed) {
        Exit::NotYet
    } else {
        Exit::Passed
    })
}
