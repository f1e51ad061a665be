//! Everything a lock is made from, read from the author's tree.

use std::path::Path;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use crate::array::Value;
use crate::catalog::{CatalogError, Course, Kata, Wrong};
use crate::files::{Cache, FileError};
use crate::grade::{self, Cases, Event, GradeError, Tried};
use crate::sandbox::Author;
use crate::seal::Mistake;
use crate::spec::Case;
use crate::track::{TRACKS, Track};
use crate::ui::{ProgressLine, Ui};

/// What lies in `solutions/<id>/`, but for the outcomes of wrong implementations.
pub(super) struct Secrets {
    pub(super) hidden: Vec<(String, Value)>,
    pub(super) sealed: Vec<Case>,
    pub(super) solution: Vec<(String, String)>,
    /// Without outcomes.
    pub(super) mistakes: Vec<Mistake>,
    wrong: Vec<Wrong>,
}

/// The katas that are meant: those named, or all.
pub(super) fn katas(course: &Course, typed: &[String], ui: &mut Ui) -> Result<Vec<Kata>, Failure> {
    let ids: Vec<&str> = match typed {
        [] => course.ids().collect(),
        typed => typed.iter().map(String::as_str).collect(),
    };
    ids.into_iter()
        .map(|id| course.kata(id).map_err(|error| here::told(error, ui)))
        .collect()
}

/// Reads what is secret of a kata.
pub(super) fn secrets(kata: &Kata, ui: &mut Ui) -> Result<Secrets, Failure> {
    let mut solution = Vec::new();
    let mut mistakes = Vec::new();
    let mut wrong = kata.wrong().map_err(|error| here::told(error, ui))?;
    wrong.retain(|wrong| {
        TRACKS
            .iter()
            .any(|track| track.extension() == wrong.extension)
    });
    for track in TRACKS {
        let path = kata.solution(track.extension());
        if path.is_file() {
            let text = std::fs::read_to_string(&path).map_err(FileError::tag("read", &path))?;
            // A checkout on Windows may have other line ends; the lock is the same everywhere.
            let text = text.replace("\r\n", "\n");
            solution.push((format!("solution.{}", track.extension()), text));
        }
    }
    for wrong in &wrong {
        let source = std::fs::read_to_string(&wrong.path);
        mistakes.push(Mistake {
            id: wrong.id.clone(),
            track: track_name(wrong).to_owned(),
            source: source.map_err(FileError::tag("read", &wrong.path))?,
            outcomes: Vec::new(),
            sealed: Vec::new(),
        });
    }
    let sealed: Result<_, CatalogError> = kata.sealed();
    Ok(Secrets {
        hidden: kata.hidden().to_vec(),
        sealed: sealed.map_err(|error| here::told(error, ui))?,
        solution,
        mistakes,
        wrong,
    })
}

impl Secrets {
    /// Makes sure that the reference solutions pass: a lock made from others would open for nobody.
    pub(super) fn run_solutions(
        &self,
        kata: &Kata,
        cache: &Cache,
        ui: &mut Ui,
    ) -> Result<(), Failure> {
        for track in TRACKS {
            let path = kata.solution(track.extension());
            if !path.is_file() {
                continue;
            }
            let mut line = ProgressLine::default();
            let result = with_request(kata, *track, &path, cache, |request| {
                let mut show = |Event::Preparing(step)| line.show(ui, &step);
                grade::judge(request, &mut show)
            });
            line.clear(ui);
            let result = result?;
            if !result.passed() {
                return Err(broken(kata, "the reference solution does not pass", &path));
            }
        }
        Ok(())
    }

    /// Runs every wrong implementation on every case.
    pub(super) fn run_mistakes(&mut self, kata: &Kata, cache: &Cache) -> Result<(), Failure> {
        let shown = kata.spec.cases.iter();
        let cases: Vec<&Case> = shown.chain(&self.sealed).collect();
        for (wrong, mistake) in self.wrong.iter().zip(&mut self.mistakes) {
            let Some(track) = TRACKS.iter().find(|track| track.name() == mistake.track) else {
                continue;
            };
            let tried = with_request(kata, *track, &wrong.path, cache, |request| {
                grade::outcomes(request, &cases)
            })?;
            let Tried::Ran(mut outcomes) = tried else {
                let what = "a wrong implementation cannot be built";
                return Err(broken(kata, what, &wrong.path));
            };
            mistake.sealed = outcomes.split_off(kata.spec.cases.len());
            mistake.outcomes = outcomes;
        }
        Ok(())
    }
}

/// Grades a file of the author's tree in some way.
fn with_request<T>(
    kata: &Kata,
    track: &dyn Track,
    path: &Path,
    cache: &Cache,
    grade: impl FnOnce(&grade::Request<'_>) -> Result<T, GradeError>,
) -> Result<T, Failure> {
    let request = grade::Request {
        kata,
        track,
        answer: &here::behind_links(path)?,
        shown_as: &here::from_here(path),
        cases: Cases::All,
        author: Author::Own,
        unconfined: grade::Unconfined::Allow,
        limits: grade::LIMITS,
        width: 100,
        cache,
        class_key: None,
    };
    Ok(grade(&request)?)
}

fn broken(kata: &Kata, what: &str, path: &Path) -> Failure {
    let file = here::from_here(path);
    let (id, file) = (&kata.id, file.display());
    Failure::new(Exit::BrokenKata, format!("{what}: {file}"))
        .hinted(format!("`katas run {id} --answer {file}` shows why"))
}

fn track_name(wrong: &Wrong) -> &'static str {
    let track = TRACKS
        .iter()
        .find(|track| track.extension() == wrong.extension);
    track.map_or("", |track| track.name())
}
