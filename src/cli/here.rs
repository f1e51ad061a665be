//! The common start of most commands: the course that contains this folder, and the kata to work on.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::failure::Failure;
use crate::catalog::{CatalogError, Course, Kata, in_language};
use crate::class;
use crate::files::{self, Cache, FileAction, FileError};
use crate::progress::Progress;
use crate::record::CourseAbout;
use crate::track::{Purpose, Session, Track, TrackError, Tracks};
use crate::ui::{ProgressLine, Ui};

/// The current folder.
pub(super) fn folder() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| {
        Failure::new(
            Exit::MissingTool,
            format!("cannot determine the current folder: {error}"),
        )
    })
}

/// The course that contains this folder, and the learner's progress in it.
pub(super) fn course(ui: &mut Ui) -> Result<(Course, Progress), Failure> {
    let course = Course::find(&folder()?).map_err(|error| told(error, ui))?;
    let progress = Progress::of(&course.root)?;
    if let Some(damaged) = progress.set_aside() {
        ui.status(&format!(
            "The progress file of this course was damaged, so progress starts over; the damaged file is now {}. \
             `katas run --all` judges your answers again and restores your passes.",
            from_here(damaged).display()
        ));
    }
    Ok((course, progress))
}

/// The kata with this name, or the next one without a passing answer.
pub(super) fn kata(
    course: &Course,
    progress: &Progress,
    typed: Option<&str>,
    ui: &mut Ui,
) -> Result<Kata, Failure> {
    let id = match typed {
        Some(typed) => typed,
        None if course.ids().next().is_none() => {
            return Err(Failure::new(Exit::Usage, "this course has no katas yet")
                .hinted("`katas author new ID` creates one"));
        }
        None => next(course, progress).ok_or_else(|| {
            Failure::new(
                Exit::Usage,
                "you have passed every kata; name the one you mean",
            )
            .hinted("`katas list` shows every kata")
        })?,
    };
    course.kata(id).map_err(|error| told(error, ui))
}

/// The first kata without a passing answer.
pub(super) fn next<'a>(course: &'a Course, progress: &Progress) -> Option<&'a str> {
    course.ids().find(|id| !progress.passed(id))
}

/// Describes some katas of a course for a record.
pub(super) fn about(course: &Course, katas: &[Kata]) -> Result<CourseAbout, Failure> {
    let katas = katas
        .iter()
        .map(|kata| Ok(class::about(kata, None, &kata.digest()?)?));
    let description = &course.description;
    let mut about = CourseAbout {
        title: description.title.clone(),
        credit: description.credit,
        sealed: description.sealed,
        katas: katas.collect::<Result<_, Failure>>()?,
    };
    about.make_printable();
    Ok(about)
}

/// Shows the faults of a broken file, before the error that summarizes them.
pub(super) fn told(error: CatalogError, ui: &mut Ui) -> Failure {
    if let CatalogError::Faults(faults) = &error {
        ui.faults(faults);
    }
    error.into()
}

/// The language of an answer, by its file extension.
pub(super) fn track_of(tracks: Tracks, file: &Path) -> Result<&'static dyn Track, Failure> {
    tracks.of_file(file).ok_or_else(|| {
        let known = tracks.extensions().into_iter();
        let known: Vec<_> = known.map(|extension| format!(".{extension}")).collect();
        Failure::new(
            Exit::Usage,
            format!(
                "{} is not in a language that katas supports",
                file.display()
            ),
        )
        .hinted(format!(
            "the name of an answer ends in {}",
            known.join(" or ")
        ))
    })
}

/// The track with the given name.
pub(super) fn named_track(tracks: Tracks, name: &str) -> Result<&'static dyn Track, Failure> {
    tracks.named(name).ok_or_else(|| {
        Failure::new(Exit::Usage, format!("there is no language named `{name}`"))
            .hinted(format!("choose one of: {}", tracks.names().join(", ")))
    })
}

/// The learner's language: that of the newest answer in this course; without answers, that of the first kata; without
/// a course, the first language.
pub(super) fn language(tracks: Tracks, ui: &mut Ui) -> Result<&'static dyn Track, Failure> {
    let first = tracks.all()[0];
    let course = match Course::find(&folder()?) {
        Ok(course) => course,
        Err(CatalogError::NoCourse { .. }) => return Ok(first),
        Err(error) => return Err(told(error, ui)),
    };
    // If two have the same time, the first in the list counts.
    let written = tracks.all().iter().rev().flat_map(|track| {
        let files = answers(&course, *track).into_iter();
        files.filter_map(|(_, file)| Some((file.metadata().ok()?.modified().ok()?, *track)))
    });
    if let Some((_, track)) = written.max_by_key(|(time, _)| *time) {
        return Ok(track);
    }
    let Some(id) = course.ids().next() else {
        return Ok(first);
    };
    let kata = course.kata(id).map_err(|error| told(error, ui))?;
    Ok(tracks.current(&kata))
}

/// A text of a kata without the parts for other languages.
pub(super) fn text_for(tracks: Tracks, track: &dyn Track, markdown: &str) -> String {
    let mut others = tracks.names();
    others.retain(|name| *name != track.name());
    in_language(markdown, &others)
}

/// Opens a session for one of the learner's own answers, with a status line if it takes a while.
pub(super) fn session(
    track: &dyn Track,
    cache: &Cache,
    ui: &mut Ui,
) -> Result<Box<dyn Session>, TrackError> {
    let mut line = ProgressLine::default();
    let session = track.open(cache, Purpose::One, &mut |step| line.show(ui, &step));
    line.clear(ui);
    session
}

/// Creates the learner's file from the starter if it does not exist; returns whether it did.
pub(super) fn make_answer(kata: &Kata, track: &dyn Track) -> Result<bool, Failure> {
    let path = kata.root.join(kata.answer(track.extension()));
    if path.exists() {
        return Ok(false);
    }
    let starter = kata.starter(track.extension())?;
    Ok(files::write_new(&path, starter.as_bytes())?)
}

/// The existing answer files, each with a crate name for editors.
pub(super) fn answers(course: &Course, track: &dyn Track) -> Vec<(String, PathBuf)> {
    let file = |id: &str| {
        let name = format!("{id}.{}", track.extension());
        course.root.join("katas").join(id).join(name)
    };
    let all = course.ids().map(|id| (id.to_owned(), file(id)));
    all.filter(|(_, file)| file.is_file()).collect()
}

/// A path relative to the current folder, as a person would type it.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = folder().unwrap_or_default();
    path.strip_prefix(&here)
        .map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// Resolves a link to its target: learners may store answers elsewhere.
pub(super) fn behind_links(path: &Path) -> Result<PathBuf, FileError> {
    std::fs::canonicalize(path).map_err(FileError::tag(FileAction::Read, path))
}
