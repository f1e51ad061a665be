//! `katas open`: opens an answer in the learner's editor.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::{editing, here, next};
use crate::progress;
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Open {
    /// The kata [default: the one you worked on last, or the next one you have not passed]
    id: Option<String>,
    /// Open your answer in this language: {languages} [default: that of your newest answer]
    #[arg(long, value_name = "LANGUAGE")]
    track: Option<String>,
    #[command(flatten)]
    editor: editing::EditorChoice,
}

pub(super) fn open(command: &Open, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    let last = next::current(&course, tracks).filter(|id| course.lookup(id).is_ok());
    let id = command.id.as_deref().or(last.as_deref());
    let kata = here::kata(&course, &progress, id, ui)?;
    let track = match &command.track {
        Some(name) => here::named_track(tracks, name)?,
        None => tracks.current(&kata),
    };
    let editor = command.editor.find().ok_or_else(|| {
        Failure::new(Exit::MissingTool, "no editor was found")
            .hinted("set VISUAL or EDITOR, or name a command: `katas open --edit-cmd COMMAND`")
    })?;
    let file = kata.root.join(kata.answer(track.extension()));
    let shown = here::from_here(&file);
    let shown = shown.display();
    if here::make_answer(&kata, track)? {
        ui.say(0, &format!("Created {shown} from the starter."));
    }
    progress::set_current(&course.root, &kata.id)?;
    let opened = editor.open(&file);
    if let Some(problem) = editing::problem(&editor, &opened) {
        return Err(
            Failure::new(Exit::MissingTool, problem.trim_end_matches('.'))
                .hinted("name another command: `katas open --edit-cmd COMMAND`"),
        );
    }
    if !editor.takes_terminal() {
        ui.say(0, &format!("Opened {shown} with `{}`.", editor.command()));
    }
    Ok(Exit::Passed)
}
