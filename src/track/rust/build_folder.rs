//! The folder where an answer is compiled: a new one, or one that is kept for incremental compilation.
//!
//! rustc can reuse what it compiled before the last edit, which nearly halves the time for a long answer. It does so
//! only in the same folder with the same arguments, so a learner's own answer to a kata has a folder in the cache. Only
//! one process can compile there at a time; any other one uses a new folder. Other people's answers always get a new
//! folder: what one of them leaves behind must not reach another.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::compilation::PROGRAM;
use super::{glue, unfinished};
use crate::digest;
use crate::files::{self, Cache, FileAction, FileError, Kept};
use crate::seal::hex::encode;

/// The number of folders that are kept; each takes up to 10 MB.
const KEPT: usize = 60;

/// Reuses what is unchanged since the last time; the path is relative to the folder. What is reused is a unit, so there
/// are many instead of the one in [`FLAGS`](super::compilation::FLAGS): 256 is rustc's own default here.
const INCREMENTAL: &[&str] = &["-Cincremental=incremental", "-Ccodegen-units=256"];

/// Where an answer is compiled.
pub(super) enum BuildFolder {
    /// A new folder, which becomes the finished build or is removed.
    New(tempfile::TempDir),
    /// A folder with the results of earlier compilations, locked by this process.
    Kept(PathBuf, File),
}

impl BuildFolder {
    /// Creates a new one, next to the finished builds.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub(super) fn new(answers: &Path) -> Result<Self, FileError> {
        unfinished::folder(answers).map(Self::New)
    }

    /// The kept folder for the answer with this path and glue; `None` if another process is using it, or it cannot be
    /// created.
    pub(super) fn kept(cache: &Cache, shown_as: &str, glue: &str) -> Option<Self> {
        let all = cache.folder().join("incremental");
        let folder = all.join(encode(&digest::of_parts([shown_as, glue])[..16]));
        if !folder.exists() {
            files::make_folder(&folder).ok()?;
            prune(&all);
        }
        let lock = File::open(&folder).ok()?;
        lock.try_lock().ok()?;
        // It may have been removed, and even created again, before it was locked.
        let same = std::fs::metadata(&folder).ok()?.ino() == lock.metadata().ok()?.ino();
        same.then_some(Self::Kept(folder, lock))
    }

    /// Its path.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::New(folder) => folder.path(),
            Self::Kept(folder, _) => folder,
        }
    }

    /// Whether it has the results of earlier compilations.
    pub(super) fn is_kept(&self) -> bool {
        matches!(self, Self::Kept(..))
    }

    /// The arguments for rustc that make compiling quick here, after the usual ones.
    pub(super) fn arguments(&self) -> &'static [&'static str] {
        match self {
            Self::New(_) => &[],
            Self::Kept(..) => INCREMENTAL,
        }
    }

    /// Takes the program out, into a folder next to the finished builds that contains nothing else.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub(super) fn program(self, answers: &Path) -> Result<tempfile::TempDir, FileError> {
        match self {
            Self::New(folder) => {
                for name in [glue::FILE, glue::ANSWER] {
                    let path = folder.path().join(name);
                    std::fs::remove_file(&path)
                        .map_err(FileError::tag(FileAction::Remove, &path))?;
                }
                Ok(folder)
            }
            Self::Kept(kept, _lock) => {
                let folder = unfinished::folder(answers)?;
                let path = folder.path().join(PROGRAM);
                std::fs::rename(kept.join(PROGRAM), &path)
                    .map_err(FileError::tag(FileAction::RenameTo, &path))?;
                Ok(folder)
            }
        }
    }

    /// Removes a kept folder, which may be the reason why a compilation failed; the next one starts without it.
    pub(super) fn discard(self) {
        if let Self::Kept(folder, _lock) = self {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Removes the least recently used folders. Nothing depends on it, so errors are ignored.
fn prune(all: &Path) {
    let entries = std::fs::read_dir(all).into_iter().flatten().flatten();
    let kept = entries.filter_map(|entry| {
        Some(Kept {
            used: entry.metadata().and_then(|about| about.modified()).ok()?,
            bytes: 0,
            path: entry.path(),
        })
    });
    for path in files::surplus(kept.collect(), KEPT, u64::MAX) {
        files::tidy_away(&path);
    }
}
