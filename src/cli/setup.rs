//! `katas setup`: prepares the tools of a language, so that the first answer does not have to wait.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::files::Cache;
use crate::track::Tracks;
use crate::ui::{ProgressLine, Ui};

#[derive(Args)]
pub(super) struct Setup {
    /// The language: {languages}
    #[arg(value_name = "LANGUAGE")]
    track: String,
    /// Use this Python if it has the packages; otherwise create an environment with it
    #[arg(long, value_name = "FILE")]
    python: Option<PathBuf>,
}

pub(super) fn setup(command: &Setup, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let track = here::named_track(tracks, &command.track)?;
    let cache = Cache::of_this_user()?;
    let mut line = ProgressLine::default();
    let findings = track.set_up(&cache, command.python.as_deref(), &mut |step| {
        line.show(ui, &step);
    });
    line.clear(ui);
    let (mut report, mut problems) = (Vec::new(), Vec::new());
    for finding in findings? {
        report.push((finding.what.to_owned(), finding.says));
        problems.extend(finding.problem.map(Failure::from));
    }
    ui.facts(&report);
    ui.blank();
    if problems.is_empty() {
        ui.say(0, &format!("Answers in {} can be judged.", command.track));
        return Ok(Exit::Passed);
    }
    for problem in &problems {
        problem.show(ui);
    }
    Ok(Exit::MissingTool)
}
