//! `katas author table`: which case catches which pitfall, in Markdown.

use clap::Args;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use super::gather;
use crate::author::{self, Bench, WrongAnswers};
use crate::files::Cache;
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(in crate::cli) struct Table {
    /// The katas [default: all]
    ids: Vec<String>,
    #[command(flatten)]
    languages: gather::Languages,
}

pub(super) fn table(command: &Table, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, _) = here::course(ui)?;
    let cache = Cache::of_this_user()?;
    for (place, kata) in gather::katas(&course, &command.ids, ui)?.iter().enumerate() {
        let (mut tree, _) = gather::limited(kata, &command.languages, tracks, ui)?;
        // All languages make the same mistakes, so one of them shows which case catches which.
        tree.tracks.truncate(1);
        let bench = Bench::new(&tree, &cache);
        gather::prepare(&bench, ui)?;
        let matrix = author::matrix(&bench, WrongAnswers::Run, &mut Vec::new());
        let matrix = matrix.map_err(|error| gather::failure(error, ui))?;
        if place > 0 {
            ui.blank();
        }
        ui.print(&format!(
            "### {}\n\n{}",
            kata.id,
            matrix.markdown().trim_end()
        ));
    }
    Ok(Exit::Passed)
}
