//! `katas solution`: shows the reference answer, once the learner's own has passed.
//!
//! If the course has its solutions, the file is shown. Otherwise it is encrypted in the lock. The key is not a note
//! that the kata was passed but the right outputs themselves, so the learner's answer is judged again to get them.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::catalog::Kata;
use crate::files::Cache;
use crate::grade::{self, Cases};
use crate::progress::Progress;
use crate::track::{Track, Tracks};
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Solution {
    /// The kata
    id: String,
    /// Show it even if no answer has passed, where the course has its solutions unencrypted
    #[arg(long)]
    give_up: bool,
}

pub(super) fn solution(command: &Solution, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    let kata = here::kata(&course, &progress, Some(&command.id), ui)?;
    // That in the language of the learner's own answer, if there is one.
    let own = tracks.current(&kata);
    let track = std::iter::once(&own)
        .chain(tracks.all())
        .find(|track| kata.solution(track.extension()).is_file());
    let text = match track {
        Some(track) => plain(command, &kata, *track, &progress)?,
        None => opened(command, tracks, &kata, ui)?,
    };
    ui.print(text.trim_end());
    Ok(Exit::Passed)
}

/// The file that was judged last.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// The learner's own file.
    Own,
    /// Another file, which `katas solution` does not read.
    Another,
}

/// Whether the reference answer would be shown now that this answer has passed.
pub(super) fn is_open(tracks: Tracks, kata: &Kata, progress: &Progress, judged: Judged) -> bool {
    let mut tracks = tracks.all().iter();
    if tracks.any(|track| kata.solution(track.extension()).is_file()) {
        return progress.passed(&kata.id);
    }
    let lock = kata.fitting_lock().ok().flatten();
    judged == Judged::Own && lock.is_some_and(|lock| lock.has_solution())
}

/// The unencrypted file, if the course has it.
fn plain(
    command: &Solution,
    kata: &Kata,
    track: &dyn Track,
    progress: &Progress,
) -> Result<String, Failure> {
    if !progress.passed(&kata.id) && !command.give_up {
        return Err(
            not_passed(kata, format!("no answer to {} has passed yet", kata.id)).hinted(format!(
                "`katas solution {} --give-up` shows the reference answer anyway",
                kata.id
            )),
        );
    }
    let path = kata.solution(track.extension());
    Ok(crate::files::read_text(&path)?)
}

/// The text that the learner's own right outputs open.
fn opened(command: &Solution, tracks: Tracks, kata: &Kata, ui: &mut Ui) -> Result<String, Failure> {
    let lock = kata.fitting_lock()?.filter(|lock| lock.has_solution());
    let Some(lock) = lock else {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "this course does not include a reference answer to {}",
                kata.id
            ),
        )
        .hinted("the course was created without its solutions; ask your teacher"));
    };
    let nothing_passed = || {
        let failure = not_passed(
            kata,
            format!("your current answer to {} does not pass", kata.id),
        );
        match command.give_up {
            true => failure.hinted(
                "--give-up cannot help here: the reference answer is encrypted, and the right outputs are its key",
            ),
            false => failure,
        }
    };
    let cache = Cache::of_this_user()?;
    for track in tracks.all() {
        let path = kata.root.join(kata.answer(track.extension()));
        if !path.is_file() {
            continue;
        }
        let session = here::session(*track, &cache, ui)?;
        let request = grade::Request {
            kata,
            session: &*session,
            answer: grade::Answer::File(&here::behind_links(&path)?),
            shown_as: &here::from_here(&path),
            cases: Cases::All,
            unconfined: grade::Unconfined::Allow,
            time_limit: None,
            width: ui.width(),
            cache: &cache,
            sealed: None,
        };
        let grade::Unsealed {
            result, outputs, ..
        } = grade::judge_unsealed(&request)?;
        if !result.passed() {
            continue;
        }
        let files = lock.open_solution(&kata.id, &kata.spec, &outputs);
        let files = files.map_err(|error| kata.lock_error(error))?;
        let name = format!("solution.{}", track.extension());
        let mut files = files.unwrap_or_default();
        // An answer in one language may decrypt the reference answer in another, if there is no other.
        files.sort_by_key(|(file, _)| *file != name);
        if let Some((_, text)) = files.into_iter().next() {
            return Ok(text);
        }
    }
    Err(nothing_passed())
}

fn not_passed(kata: &Kata, message: String) -> Failure {
    let id = &kata.id;
    Failure::new(Exit::NotYet, message).hinted(format!("`katas hint {id}` gives you a hint"))
}
