//! The learner's progress, in `.katas/progress.json` of the course.
//!
//! The file has a version and is replaced atomically. Each change starts from the file's current content, under a
//! lock, so two processes cannot lose each other's changes. A file that cannot be parsed is set aside, never
//! overwritten.

mod current;

pub(crate) use current::{current, set_current};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::{self, FileAction, FileError};
use crate::verdict::VerdictKind;

/// The version this program writes. It also reads older ones, which lack some data.
const FORMAT: u32 = 4;

/// The last version with a single language, and that language.
const BEFORE_TRACKS: (u32, &str) = (2, "rust");

/// Progress by kata and track.
type Katas = BTreeMap<String, BTreeMap<String, KataProgress>>;

/// The learner's progress in one course.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    path: PathBuf,
    katas: Katas,
    set_aside: Option<PathBuf>,
}

/// The learner's progress in one kata and track.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KataProgress {
    /// The number of different answers that were judged.
    pub tries: u32,
    /// Whether any answer passed.
    pub passed: bool,
    /// The number of hints that were shown.
    pub hints: usize,
    /// Whether the reference answer was shown before any answer passed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gave_up: bool,
    /// The digest of the answer judged last.
    pub last: String,
    /// Whether the last answer passed.
    pub last_passed: bool,
    /// The pitfall recognized in it, if any.
    #[serde(default)]
    pub pitfall: Option<String>,
    /// The pitfall that was last shown with its hint, so that it is not repeated.
    #[serde(default)]
    pub told: Option<String>,
    /// The hints that were shown early because of a pitfall.
    #[serde(default)]
    pub early: Vec<usize>,
    /// The verdicts of the cases when an answer last ran, in the order of the spec.
    #[serde(default)]
    pub cases: Vec<LastVerdict>,
}

/// The verdict of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastVerdict {
    /// The case's name.
    pub case: String,
    /// The verdict.
    pub verdict: VerdictKind,
}

/// What is remembered about a judged answer.
#[derive(Clone, Debug)]
pub(crate) struct Attempt<'a> {
    /// The digest of the answer.
    pub digest: &'a str,
    /// Whether it passed.
    pub passed: bool,
    /// The pitfall recognized in it, if any.
    pub pitfall: Option<&'a str>,
    /// The verdict of each case; empty if the answer could not be run.
    pub cases: Option<Vec<LastVerdict>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<K> {
    format: u32,
    katas: K,
}

#[derive(Deserialize)]
struct Version {
    format: u32,
}

/// The progress of a course could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProgressError {
    /// A newer `katas` wrote it.
    #[error("{} was written by a newer version of katas", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Progress {
    /// Reads the progress of a course; a missing file is not an error.
    ///
    /// A file that is damaged is renamed to `progress.json.damaged`, or to that and a number, and progress starts
    /// over.
    ///
    /// # Errors
    /// When the file cannot be read, or is of a newer version.
    pub(crate) fn of(course: &Path) -> Result<Self, ProgressError> {
        let path = course.join(".katas/progress.json");
        let katas = match read(&path)? {
            Some(katas) => katas,
            None => {
                let _lock = files::lock(&lock_of(&path))?;
                read_or_set_aside(&path)?
            }
        };
        let set_aside = aside(&path).1.filter(|_| !path.exists());
        Ok(Self {
            path,
            katas,
            set_aside,
        })
    }

    /// The damaged file that was set aside, if nothing has been written since.
    #[must_use]
    pub(crate) fn set_aside(&self) -> Option<&Path> {
        self.set_aside.as_deref()
    }

    /// The progress in a kata in one track.
    #[must_use]
    pub(crate) fn kata(&self, id: &str, track: &str) -> KataProgress {
        let kata = self.katas.get(id).and_then(|tracks| tracks.get(track));
        kata.cloned().unwrap_or_default()
    }

    /// The progress in a kata in the track that passed, or else has the most tries.
    #[must_use]
    pub(crate) fn best(&self, id: &str) -> KataProgress {
        let tracks = self.katas.get(id).into_iter().flat_map(BTreeMap::values);
        let best = tracks.max_by_key(|kata| (kata.passed, kata.last_passed, kata.tries));
        best.cloned().unwrap_or_default()
    }

    /// Whether any answer to the kata passed, in any track.
    #[must_use]
    pub(crate) fn passed(&self, id: &str) -> bool {
        self.best(id).passed
    }

    /// Records that an answer was judged.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn judged(
        &mut self,
        id: &str,
        track: &str,
        attempt: &Attempt<'_>,
    ) -> Result<(), ProgressError> {
        self.change(id, track, |kata| {
            kata.tries += u32::from(kata.last != attempt.digest);
            attempt.digest.clone_into(&mut kata.last);
            kata.last_passed = attempt.passed;
            kata.passed |= attempt.passed;
            kata.pitfall = attempt.pitfall.map(str::to_owned);
            if let Some(pitfall) = &kata.pitfall
                && kata.told.as_ref() != Some(pitfall)
            {
                kata.told = None;
            }
            // An answer that does not compile leaves the earlier verdicts of the cases unchanged.
            if let Some(cases) = &attempt.cases {
                kata.cases.clone_from(cases);
            }
        })
    }

    /// Records that hints were shown up to this step.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn hinted(
        &mut self,
        id: &str,
        track: &str,
        steps: usize,
    ) -> Result<(), ProgressError> {
        self.change(id, track, |kata| {
            kata.hints = kata.hints.max(steps);
            let hints = kata.hints;
            kata.early.retain(|step| *step > hints);
        })
    }

    /// Records that the reference answer was shown before any answer passed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn gave_up(&mut self, id: &str, track: &str) -> Result<(), ProgressError> {
        self.change(id, track, |kata| kata.gave_up = true)
    }

    /// Whether the reference answer was shown before any answer passed, in any track.
    #[must_use]
    pub(crate) fn has_given_up(&self, id: &str) -> bool {
        let mut tracks = self.katas.get(id).into_iter().flat_map(BTreeMap::values);
        tracks.any(|kata| kata.gave_up)
    }

    /// Records that a pitfall was shown with a hint.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn told(
        &mut self,
        id: &str,
        track: &str,
        pitfall: &str,
        step: Option<usize>,
    ) -> Result<(), ProgressError> {
        self.change(id, track, |kata| {
            kata.told = Some(pitfall.to_owned());
            if let Some(step) = step.filter(|step| *step > kata.hints)
                && !kata.early.contains(&step)
            {
                kata.early.push(step);
            }
        })
    }

    /// Clears the last answers and the shown hints in every track; a passed kata stays passed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn reset(&mut self, id: &str) -> Result<(), ProgressError> {
        let tracks = self.katas.get(id).into_iter().flat_map(BTreeMap::keys);
        let tracks: Vec<String> = tracks.cloned().collect();
        for track in tracks {
            self.change(id, &track, |kata| {
                kata.hints = 0;
                kata.early.clear();
                kata.last.clear();
                kata.pitfall = None;
                kata.told = None;
                kata.cases.clear();
                kata.last_passed = false;
            })?;
        }
        Ok(())
    }

    fn change(
        &mut self,
        id: &str,
        track: &str,
        change: impl Fn(&mut KataProgress),
    ) -> Result<(), ProgressError> {
        let _lock = files::lock(&lock_of(&self.path))?;
        // Another process may have written the file since it was read.
        self.katas = read_or_set_aside(&self.path)?;
        let before = self.kata(id, track);
        let tracks = self.katas.entry(id.to_owned()).or_default();
        let kata = tracks.entry(track.to_owned()).or_default();
        change(kata);
        if before == *kata {
            return Ok(());
        }
        let file = File {
            format: FORMAT,
            katas: &self.katas,
        };
        let mut text = serde_json::to_vec_pretty(&file)
            .expect("maps of plain fields with texts for keys have a JSON form");
        text.push(b'\n');
        files::write_whole(&self.path, &text)?;
        Ok(())
    }
}

/// The first unused name for a damaged file, and the last used one.
fn aside(path: &Path) -> (PathBuf, Option<PathBuf>) {
    let (mut free, mut last) = (path.with_extension("json.damaged"), None);
    let mut number = 2;
    while std::fs::symlink_metadata(&free).is_ok() {
        last = Some(free);
        free = path.with_extension(format!("json.damaged.{number}"));
        number += 1;
    }
    (free, last)
}

fn lock_of(path: &Path) -> PathBuf {
    path.with_file_name("lock")
}

/// The content of the file; `None` if it cannot be parsed.
fn read(path: &Path) -> Result<Option<Katas>, ProgressError> {
    // Opening a pipe in its place would block forever.
    if std::fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        return Ok(None);
    }
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Some(Katas::new()));
        }
        Err(error) => return Err(FileError::tag(FileAction::Read, path)(error).into()),
    };
    let version = serde_json::from_slice::<Version>(&text).map(|version| version.format);
    match version {
        Ok(version) if version > FORMAT => {
            let path = path.to_owned();
            Err(ProgressError::Newer { path })
        }
        Ok(version) if version <= BEFORE_TRACKS.0 => Ok(serde_json::from_slice(&text)
            .ok()
            .map(|file: File<BTreeMap<String, KataProgress>>| of_one_track(file.katas))),
        _ => Ok(serde_json::from_slice(&text)
            .ok()
            .map(|file: File<Katas>| file.katas)),
    }
}

/// The progress of a version with a single track.
fn of_one_track(katas: BTreeMap<String, KataProgress>) -> Katas {
    let track = |kata| BTreeMap::from([(BEFORE_TRACKS.1.to_owned(), kata)]);
    let katas = katas.into_iter();
    katas.map(|(id, kata)| (id, track(kata))).collect()
}

/// Reads the file with the lock held: one that cannot be parsed is renamed, and progress starts over.
fn read_or_set_aside(path: &Path) -> Result<Katas, ProgressError> {
    if let Some(katas) = read(path)? {
        return Ok(katas);
    }
    std::fs::rename(path, aside(path).0).map_err(FileError::tag(FileAction::SetAside, path))?;
    Ok(Katas::new())
}
