//! `katas doctor`: whether the tools that katas needs are there and work, and what this machine allows. It builds and
//! starts a known-good answer, so what it says is what the next answer will meet.

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::catalog::Course;
use crate::files::Cache;
use crate::grade;
use crate::sandbox::Author;
use crate::track::rust;
use crate::ui::{ProgressLine, Ui};

#[derive(Args)]
pub(super) struct Doctor {}

pub(super) fn doctor(_command: &Doctor, ui: &mut Ui) -> Result<Exit, Failure> {
    let cache = Cache::of_this_user()?;
    let mut problems = Vec::new();
    let mut report = vec![("katas".to_owned(), env!("CARGO_PKG_VERSION").to_owned())];
    match Course::find(&here::folder()?) {
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
    match rust::on_path("cc") {
        Some(path) => report.push(("linker".to_owned(), path.display().to_string())),
        None => {
            report.push(("linker".to_owned(), "missing: no `cc` on PATH".to_owned()));
            problems.push(crate::track::TrackError::NoLinker.into());
        }
    }
    match rust::find_toolchain(&cache) {
        Ok(toolchain) => {
            report.push(("rustc".to_owned(), toolchain.name().to_owned()));
            report.push((
                "toolchain".to_owned(),
                toolchain.sysroot.display().to_string(),
            ));
            let mut line = ProgressLine::default();
            let tried = rust::try_tools(&cache, &toolchain, &mut |step| line.show(ui, &step));
            line.clear(ui);
            let says = match tried {
                Ok(says) => says,
                Err(error) => {
                    problems.push(error.into());
                    "answers cannot be built".to_owned()
                }
            };
            report.push(("library".to_owned(), says));
            report.push(("editor".to_owned(), rust::editor_state(&toolchain)));
        }
        Err(crate::track::TrackError::File(_)) => {
            report.push((
                "rustc".to_owned(),
                "not checked: the cache is not writable".to_owned(),
            ));
        }
        Err(error) => {
            report.push(("rustc".to_owned(), "missing or broken".to_owned()));
            problems.push(error.into());
        }
    }
    report.push((
        "limits".to_owned(),
        "time, memory, output, file size and processes".to_owned(),
    ));
    for (whose, author) in [
        ("your answers", Author::Own),
        ("untrusted answers", Author::Stranger),
    ] {
        let confined = grade::confined(author);
        let says = confined.warning().unwrap_or_else(|| confined.words());
        report.push((whose.to_owned(), says));
    }
    ui.facts(&report);
    if problems.is_empty() {
        ui.blank();
        ui.print("Everything that katas needs is here and works.");
        return Ok(Exit::Passed);
    }
    ui.blank();
    for problem in &problems {
        problem.show(ui);
    }
    Ok(Exit::MissingTool)
}
