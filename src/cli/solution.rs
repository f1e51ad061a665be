//! `katas solution`: shows the reference answer, once the learner's own has passed.
//!
//! If the course has its solutions, the file is shown. Otherwise it is encrypted in the lock, with a key derived
//! from the correct outputs, so the learner's answer is judged again to get them.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::catalog::Kata;
use crate::files::Cache;
use crate::grade;
use crate::progress::Progress;
use crate::seal::Fingerprint;
use crate::spec::CaseKind;
use crate::track::{Track, Tracks};
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Solution {
    /// The kata
    id: String,
    /// Show the answer even if yours has not passed; works for the built-in course and for courses with unencrypted solutions
    #[arg(long)]
    give_up: bool,
    /// Print only the file in this language, and nothing else: {languages}
    #[arg(long, value_name = "LANGUAGE")]
    track: Option<String>,
}

impl Solution {
    /// The command for a kata.
    pub(super) fn of(id: String, give_up: bool) -> Self {
        Self {
            id,
            give_up,
            track: None,
        }
    }
}

/// The name and the text of a file.
type File = (String, String);

pub(super) fn solution(command: &Solution, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, mut progress) = here::course(ui)?;
    let kata = here::kata(&course, &progress, Some(&command.id), ui)?;
    let own = match &command.track {
        None => tracks.current(&kata),
        Some(name) => here::named_track(tracks, name)?,
    };
    let mut files = readable(tracks, &kata)?;
    if files.is_empty() {
        files = opened(command, tracks, &kata, ui)?;
    } else if !progress.passed(&kata.id) && !progress.has_given_up(&kata.id) {
        if !command.give_up {
            return Err(early(&kata));
        }
        progress.gave_up(&kata.id, own.name())?;
    }
    // The one in the language of the learner's own answer comes first.
    let first = name(own);
    files.sort_by_key(|(file, _)| *file != first);
    if command.track.is_some() {
        let wanted = files.iter().find(|(file, _)| *file == first);
        let (_, text) = wanted.ok_or_else(|| none_in(&kata, own))?;
        ui.print(text.trim_end());
        return Ok(Exit::Passed);
    }
    for (index, (file, text)) in files.iter().enumerate() {
        let title = match index {
            0 => "The reference answer",
            _ => "The same answer in another language",
        };
        ui.markdown(&format!("## {title}: {file}"));
        ui.blank();
        ui.print(text.trim_end());
        ui.blank();
    }
    noticed(&kata, own.name(), ui);
    Ok(Exit::Passed)
}

/// How many known mistakes each case catches: which case is blind is part of what a kata teaches.
fn noticed(kata: &Kata, track: &str, ui: &mut Ui) {
    let Ok(Some(lock)) = kata.fitting_lock() else {
        return;
    };
    // One program for each mistake, in the learner's own language if there is one.
    let mut recorded: Vec<_> = lock.pitfalls().iter().collect();
    recorded.sort_by_key(|recorded| (&recorded.id, recorded.track != track));
    recorded.dedup_by_key(|recorded| &recorded.id);
    let count = recorded.len();
    if count < 2 {
        return;
    }
    let cases = kata.spec.cases.iter().enumerate();
    let facts: Vec<_> = cases
        .map(|(place, case)| {
            let outcomes = recorded.iter().filter_map(|known| known.cases.get(place));
            let noticed = outcomes.filter(|outcome| **outcome != Fingerprint::Right);
            let hidden = match case.kind {
                CaseKind::Shown => "",
                _ => " (hidden)",
            };
            (
                noticed.count().to_string(),
                format!("{}{hidden}", case.name),
            )
        })
        .collect();
    ui.say(0, &format!("Of {count} known mistakes, each case catches:"));
    ui.facts(&facts);
}

fn name(track: &dyn Track) -> String {
    format!("solution.{}", track.extension())
}

/// The files that can be read without a key.
fn readable(tracks: Tracks, kata: &Kata) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    for track in tracks.all() {
        let text = kata.reference(track.extension())?;
        files.extend(text.map(|text| (name(*track), text)));
    }
    Ok(files)
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
    if tracks.any(|track| kata.has_reference(track.extension())) {
        return progress.passed(&kata.id);
    }
    let lock = kata.fitting_lock().ok().flatten();
    judged == Judged::Own && lock.is_some_and(|lock| lock.has_solution())
}

fn early(kata: &Kata) -> Failure {
    let id = &kata.id;
    not_passed(kata, format!("no answer to {id} has passed yet")).hinted(format!(
        "`katas solution {id} --give-up` shows the reference answer anyway, and records that it did"
    ))
}

fn none_in(kata: &Kata, track: &dyn Track) -> Failure {
    let message = format!(
        "there is no reference answer to {} in {}",
        kata.id,
        track.name()
    );
    Failure::new(Exit::Usage, message)
}

/// The files that the learner's own correct outputs decrypt.
fn opened(
    command: &Solution,
    tracks: Tracks,
    kata: &Kata,
    ui: &mut Ui,
) -> Result<Vec<File>, Failure> {
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
                "--give-up cannot help here: the reference answer is encrypted, and the correct outputs are its key",
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
        let (there, shown_as) = (here::behind_links(&path)?, here::from_here(&path));
        let files = (&*there, &*shown_as);
        let request = grade::Request::own(kata, &*session, files, &cache, ui.width());
        let grade::Unsealed {
            result, outputs, ..
        } = grade::judge_unsealed(&request)?;
        if !result.passed() {
            continue;
        }
        let files = lock.open_solution(&kata.id, &kata.spec, &outputs);
        let files = files.map_err(|error| kata.lock_error(error))?;
        // An answer in one language decrypts the reference answers in all.
        if let Some(files) = files.filter(|files| !files.is_empty()) {
            return Ok(files);
        }
    }
    Err(nothing_passed())
}

fn not_passed(kata: &Kata, message: String) -> Failure {
    let id = &kata.id;
    Failure::new(Exit::NotYet, message).hinted(format!("`katas hint {id}` gives you a hint"))
}
