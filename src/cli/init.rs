//! `katas init`: creates a course in a folder.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::catalog::{Course, Kata};
use crate::files::Cache;
use crate::track::{Track, Tracks};
use crate::ui::{Ui, plural};

#[derive(Args)]
pub(super) struct Init {
    /// The folder; created if it does not exist
    folder: PathBuf,
    /// Solve the katas in this language: {languages}; `both` means every language [default: the first that a kata
    /// offers]
    #[arg(long, value_name = "LANGUAGE")]
    track: Option<String>,
    /// Leave preparing the language's tools and writing the editor's files until the first run
    #[arg(long)]
    no_build: bool,
}

pub(super) fn init(command: &Init, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let wanted = match command.track.as_deref() {
        None => Languages::Usual,
        Some("both") => Languages::All,
        Some(name) => Languages::Only(here::named_track(tracks, name)?),
    };
    let root = std::path::absolute(&command.folder).unwrap_or_else(|_| command.folder.clone());
    let written = Course::write_embedded(&root).map_err(|error| here::told(error, ui))?;
    crate::files::write_new(&root.join(".gitignore"), IGNORED.as_bytes())?;
    let course = Course::find(&root).map_err(|error| here::told(error, ui))?;
    let mut made = 0;
    for id in course.ids() {
        let kata = course.kata(id).map_err(|error| here::told(error, ui))?;
        for track in wanted.of(tracks, &kata)? {
            made += usize::from(here::make_answer(&kata, track)?);
        }
    }
    let here = command.folder.as_path() == std::path::Path::new(".");
    let shown = if here {
        "this folder".to_owned()
    } else {
        command.folder.display().to_string()
    };
    let is_new = written.iter().any(|file| file.ends_with("course.yaml"));
    let said = match (written.as_slice(), made) {
        ([], 0) => format!("The course in {shown} is already complete; nothing was changed."),
        _ if is_new => {
            let katas = plural(course.ids().count(), "kata");
            format!("Created a course of {katas} in {shown}.")
        }
        ([file], 0) => format!("Restored {}.", here::from_here(file).display()),
        (files, made) => {
            let files = plural(files.len() + made, "missing file");
            format!("Added {files} to the course in {shown}.")
        }
    };
    ui.say(0, &said);
    ui.blank();
    if !command.no_build {
        let cache = Cache::of_this_user()?;
        for track in tracks.all() {
            let answers = here::answers(&course, *track);
            if answers.is_empty() {
                continue;
            }
            let session = here::session(*track, &cache, ui)?;
            session.help_editor(&course.root, &answers)?;
        }
    }
    let enter = format!("cd {}", quoted(&shown));
    let mut steps = vec![
        (enter.as_str(), ""),
        ("katas show", "read the first task"),
        ("katas run", "judge your answer"),
    ];
    if here {
        steps.remove(0);
    }
    ui.steps(&steps);
    Ok(Exit::Passed)
}

/// The languages for which answer files are created.
enum Languages {
    /// The language of an existing answer, or else the first one that the kata offers.
    Usual,
    /// Every language that a kata offers.
    All,
    /// This language, if a kata offers it.
    Only(&'static dyn Track),
}

impl Languages {
    /// The languages of one kata.
    fn of(&self, tracks: Tracks, kata: &Kata) -> Result<Vec<&'static dyn Track>, Failure> {
        let mut offered = tracks.offered(kata)?;
        match self {
            Self::Usual => offered = vec![tracks.current(kata)],
            Self::All => {}
            Self::Only(wanted) => offered.retain(|track| track.name() == wanted.name()),
        }
        Ok(offered)
    }
}

/// A path quoted for a shell.
pub(super) fn quoted(path: &str) -> String {
    let plain = |char: char| char.is_alphanumeric() || "/._-~+".contains(char);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

/// The `.gitignore` of a learner's course.
const IGNORED: &str = "\
# Your progress, and files for your editor. katas writes them.
.katas/
rust-project.json
";
