//! What the learner has done, in `.katas/progress.json` of the course.
//!
//! The file has a version and is replaced whole. A change is made to what the file says at that moment, under a lock, so
//! of two `katas` at once neither loses what the other wrote. A file that cannot be understood is set aside, never
//! overwritten.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::{self, FileAction, FileError};
use crate::verdict::VerdictKind;

/// The version this program writes. It reads older ones too, which lack some of what is remembered.
const FORMAT: u32 = 3;

/// The last version that knew one language alone, and that language.
const BEFORE_TRACKS: (u32, &str) = (2, "rust");

/// What was done, by kata and by track.
type Katas = BTreeMap<String, BTreeMap<String, KataProgress>>;

/// What the learner has done in one course.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    path: PathBuf,
    katas: Katas,
    set_aside: Option<PathBuf>,
}

/// What the learner has done in one kata, in one track.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KataProgress {
    /// How many different answers were judged.
    pub tries: u32,
    /// Whether any answer passed.
    pub passed: bool,
    /// How many steps of the hints were shown.
    pub hints: usize,
    /// The digest of the answer judged last.
    pub last: String,
    /// Whether that one passed.
    pub last_passed: bool,
    /// The pitfall it fell into, if that is known.
    #[serde(default)]
    pub pitfall: Option<String>,
    /// The pitfall that was last told together with its hint; it is not told again and again.
    #[serde(default)]
    pub told: Option<String>,
    /// The steps of the hints that were shown before their turn, because a pitfall asked for them.
    #[serde(default)]
    pub early: Vec<usize>,
    /// What the cases came to when an answer last ran, in the order of the spec.
    #[serde(default)]
    pub cases: Vec<LastVerdict>,
}

/// What a case came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastVerdict {
    /// The case's name.
    pub case: String,
    /// The verdict.
    pub verdict: VerdictKind,
}

/// What there is to remember of an answer that was judged.
#[derive(Clone, Debug)]
pub(crate) struct Attempt<'a> {
    /// The digest of the answer.
    pub digest: &'a str,
    /// Whether it passed.
    pub passed: bool,
    /// The pitfall it fell into, if that is known.
    pub pitfall: Option<&'a str>,
    /// What each case came to; none when the answer could not be run.
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
    #[error("{} was written by a newer katas", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Progress {
    /// Reads the progress of a course; none yet is no error.
    ///
    /// A file that is damaged is renamed to `progress.json.damaged`, or to that and a number, and progress begins anew.
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

    /// The damaged file that was set aside, as long as nothing has been written since.
    #[must_use]
    pub(crate) fn set_aside(&self) -> Option<&Path> {
        self.set_aside.as_deref()
    }

    /// What was done in a kata in one track.
    #[must_use]
    pub(crate) fn kata(&self, id: &str, track: &str) -> KataProgress {
        let kata = self.katas.get(id).and_then(|tracks| tracks.get(track));
        kata.cloned().unwrap_or_default()
    }

    /// What was done in a kata in the track that came furthest: that passed, or else had the most tries.
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

    /// Remembers that an answer was judged.
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
            // An answer that does not compile says nothing about the cases; what they came to before stays.
            if let Some(cases) = &attempt.cases {
                kata.cases.clone_from(cases);
            }
        })
    }

    /// Remembers that hints were shown up to this step.
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

    /// Remembers that a pitfall was told, and which step of the hints with it.
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

    /// Forgets which answers were last and which hints were shown, in every track; that the kata was passed stays.
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
        // Another katas may have written since this one read.
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

/// The first name for a damaged file that nothing has yet, and the last one that something has.
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

/// What the file says; `None` when it cannot be understood.
fn read(path: &Path) -> Result<Option<Katas>, ProgressError> {
    // A pipe in its place would keep the reader waiting for ever.
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

/// What was done when there was one track.
fn of_one_track(katas: BTreeMap<String, KataProgress>) -> Katas {
    let track = |kata| BTreeMap::from([(BEFORE_TRACKS.1.to_owned(), kata)]);
    let katas = katas.into_iter();
    katas.map(|(id, kata)| (id, track(kata))).collect()
}

/// The same, for whoever holds the lock: what cannot be understood is renamed, and progress begins anew.
fn read_or_set_aside(path: &Path) -> Result<Katas, ProgressError> {
    if let Some(katas) = read(path)? {
        return Ok(katas);
    }
    std::fs::rename(path, aside(path).0).map_err(FileError::tag(FileAction::SetAside, path))?;
    Ok(Katas::new())
}
