//! `katas solution`: the reference answer, once the learner's own has passed.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::track::TRACKS;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Solution {
    /// The kata
    id: String,
    /// Show it even though no answer has passed
    #[arg(long)]
    give_up: bool,
}

pub(super) fn solution(command: &Solution, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    let kata = here::kata(&course, &progress, Some(&command.id), ui)?;
    if !progress.passed(&kata.id) && !command.give_up {
        let id = &kata.id;
        return Err(
            Failure::new(Exit::NotYet, format!("no answer to {id} has passed yet"))
                .hinted(format!("`katas hint {id}` helps one step at a time"))
                .hinted(format!(
                    "`katas solution {id} --give-up` shows the reference answer all the same"
                )),
        );
    }
    let found = TRACKS
        .iter()
        .find_map(|track| std::fs::read_to_string(kata.solution(track.extension())).ok());
    match found {
        Some(text) => {
            ui.print(text.trim_end());
            Ok(Exit::Passed)
        }
        None => Err(Failure::new(
            Exit::Usage,
            format!("this course holds no reference answer to {}", kata.id),
        )
        .hinted("courses made by `katas init` leave the solutions out; the repository of katas has them")),
    }
}
