//! `katas api`: lists what answers can use, in the learner's language.

use clap::Args;

use super::exit::Exit;
use super::failure::{Failure, meant};
use super::here;
use crate::catalog::near;
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Api {
    /// A part of a name; only names that contain it are listed
    name: Option<String>,
}

impl Api {
    /// The command that lists everything.
    pub(super) fn all() -> Self {
        Self { name: None }
    }
}

pub(super) fn api(command: &Api, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let track = here::language(tracks, ui)?;
    let Some(api) = track.api() else {
        let message = format!(
            "katas has no list of what answers in {} can use",
            track.name()
        );
        return Err(Failure::new(Exit::Usage, message)
            .hinted("`katas show` shows what the next kata needs"));
    };
    let text = match &command.name {
        None => api.text().to_owned(),
        Some(name) => api.search(name).ok_or_else(|| {
            let near = near(api.names().into_iter(), name);
            Failure::new(Exit::Usage, format!("there is nothing called `{name}`"))
                .hinted(meant(&near, "`katas api` lists everything"))
        })?,
    };
    ui.markdown(&text);
    Ok(Exit::Passed)
}
