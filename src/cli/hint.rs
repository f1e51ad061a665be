//! `katas hint`: one step of help, a stronger one each time.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Hint {
    /// The kata; the next one without a passing answer if left out
    id: Option<String>,
    /// Show every step
    #[arg(long)]
    all: bool,
}

pub(super) fn hint(command: &Hint, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, mut progress) = here::course(ui)?;
    let kata = here::kata(&course, &progress, command.id.as_deref(), ui)?;
    let hints = kata.hints()?;
    if hints.is_empty() {
        ui.print(&format!("{} has no hints.", kata.id));
        return Ok(Exit::Passed);
    }
    let seen = progress.kata(&kata.id).hints.min(hints.len());
    let count = hints.len();
    let (first, last) = if command.all {
        (0, count)
    } else {
        (seen.min(count.saturating_sub(1)), (seen + 1).min(count))
    };
    let done = progress.kata(&kata.id);
    let fallen = kata
        .spec
        .pitfalls
        .iter()
        .find(|known| Some(&known.id) == done.pitfall.as_ref());
    if let Some(pitfall) = fallen {
        ui.say(0, &format!("Your last answer: {}", pitfall.text));
        ui.blank();
    }
    for (index, hint) in hints.iter().enumerate().take(last).skip(first) {
        let title = if hint.title.is_empty() {
            String::new()
        } else {
            format!(": {}", hint.title)
        };
        ui.markdown(&format!(
            "## {}, hint {} of {count}{title}\n\n{}",
            kata.id,
            index + 1,
            hint.text
        ));
        ui.blank();
    }
    progress.hinted(&kata.id, last)?;
    let id = &kata.id;
    if last < count {
        ui.steps(&[
            (&format!("katas hint {id}"), "gives a stronger one"),
            (&format!("katas run {id}"), "judges your answer"),
        ]);
    } else {
        ui.say(
            0,
            &format!("That was the last one. `katas hint {id} --all` shows them all again."),
        );
    }
    Ok(Exit::Passed)
}
