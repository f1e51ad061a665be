//! `katas doctor`: checks whether the tools that katas needs are installed and work, and what this machine supports.
//! It builds and starts a known-good answer, so its result holds for the next answer.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::catalog::Course;
use crate::files::Cache;
use crate::grade;
use crate::sandbox::Author;
use crate::track::{Track, Tracks};
use crate::ui::{ProgressLine, Ui};

#[derive(Args)]
pub(super) struct Doctor {}

/// The tracks to check: those of the course's answers, or the default one if there are none.
fn used(tracks: Tracks, course: Option<&Course>) -> Vec<&'static dyn Track> {
    let is_used =
        |track: &&dyn Track| course.is_some_and(|course| !here::answers(course, *track).is_empty());
    let used: Vec<_> = tracks.all().iter().copied().filter(is_used).collect();
    match used.is_empty() {
        true => tracks.all()[..1].to_vec(),
        false => used,
    }
}

pub(super) fn doctor(_command: &Doctor, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let cache = Cache::of_this_user()?;
    let mut problems = Vec::new();
    let mut report = vec![("katas".to_owned(), env!("CARGO_PKG_VERSION").to_owned())];
    let course = Course::find(&here::folder()?);
    match &course {
        Ok(course) => report.push(("course".to_owned(), course.root.display().to_string())),
        Err(_) => report.push((
            "course".to_owned(),
            "none here; `katas init DIR` creates one".to_owned(),
        )),
    }
    match cache.scratch() {
        Ok(_) => report.push((
            "cache".to_owned(),
            format!("{}, writable", cache.folder().display()),
        )),
        Err(error) => {
            report.push((
                "cache".to_owned(),
                format!("{}, not writable", cache.folder().display()),
            ));
            problems.push(Failure::from(error));
        }
    }
    for track in used(tracks, course.ok().as_ref()) {
        let mut line = ProgressLine::default();
        let findings = track.doctor(&cache, &mut |step| line.show(ui, &step));
        line.clear(ui);
        for finding in findings {
            report.push((finding.what.to_owned(), finding.says));
            problems.extend(finding.problem.map(Failure::from));
        }
    }
    report.push((
        "limits".to_owned(),
        "time, memory, output, file size and processes".to_owned(),
    ));
    for (whose, author) in [
        ("your answers", Author::Own),
        ("untrusted answers", Author::Untrusted),
    ] {
        let confined = grade::confined(author);
        let says = confined.warning().unwrap_or_else(|| confined.words());
        report.push((whose.to_owned(), says));
    }
    ui.facts(&report);
    if problems.is_empty() {
        ui.blank();
        ui.say(0, "Everything that katas needs is installed and works.");
        return Ok(Exit::Passed);
    }
    ui.blank();
    for problem in &problems {
        problem.show(ui);
    }
    Ok(Exit::MissingTool)
}
