//! `katas report-explanation`: writes what katas said about an answer, and the answer, to a file that a learner can send.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::files::{self, Cache};
use crate::grade;
use crate::track::Tracks;
use crate::ui::{self, Ui};
use crate::{record, report};

#[derive(Args)]
pub(super) struct ReportExplanation {
    /// The kata
    id: String,
    /// What the mistake really was; without this, the file has a place to write it
    #[arg(long, value_name = "TEXT")]
    says: Option<String>,
    /// Use your answer in this language: {languages} [default: that of your newest answer]
    #[arg(long, value_name = "LANGUAGE")]
    track: Option<String>,
}

pub(super) fn report_explanation(
    command: &ReportExplanation,
    tracks: Tracks,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let (course, progress) = here::course(ui)?;
    let kata = here::kata(&course, &progress, Some(&command.id), ui)?;
    let track = match &command.track {
        Some(name) => here::named_track(tracks, name)?,
        None => tracks.current(&kata),
    };
    let path = kata.root.join(kata.answer(track.extension()));
    let (there, shown_as) = (here::behind_links(&path)?, here::from_here(&path));
    let cache = Cache::of_this_user()?;
    let session = here::session(track, &cache, ui)?;
    let files = (&*there, &*shown_as);
    let request = grade::Request::own(&kata, &*session, files, &cache, ui.width());
    let result = grade::judge(&request)?;
    if result.passed() {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "your answer to {} passes, so there is no explanation to report",
                kata.id
            ),
        )
        .hinted("put back the answer that was explained wrongly, and try again"));
    }
    let told = ui::wording(&result, &kata.spec);
    let about = here::about(&course, std::slice::from_ref(&kata))?;
    let record = record::made(&result, &kata.spec, about.credit, told);
    let answer = files::read_text(&there)?;
    let language = track.name();
    let text = report::explanation(&record, language, &answer, command.says.as_deref());
    let file = unused(&kata.root, &kata.id, text.as_bytes())?;
    ui.say(
        0,
        &format!(
            "Wrote {}. Nothing was sent anywhere: read it, and send it to the author of the course.",
            here::from_here(&file).display()
        ),
    );
    Ok(Exit::Passed)
}

/// Writes the text to a new file in the course's folder.
fn unused(root: &std::path::Path, id: &str, text: &[u8]) -> Result<PathBuf, Failure> {
    let mut name = format!("explanation-{id}.md");
    for number in 2.. {
        let file = root.join(&name);
        if files::write_new(&file, text)? {
            return Ok(file);
        }
        name = format!("explanation-{id}-{number}.md");
    }
    unreachable!("there is always another number")
}
