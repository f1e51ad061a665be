//! The cache folder: things that can be made again. Losing it costs time and nothing else.

use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::sweep::is_abandoned;
use super::{FileAction, FileError, Spill, make_folder};

/// The folder where built libraries, built answers and scratch folders are kept.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A folder in the cache that nobody else tidies away, removed when dropped.
#[derive(Debug)]
pub struct Scratch {
    folder: tempfile::TempDir,
    _held: Option<std::fs::File>,
}

impl Scratch {
    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Cache {
    /// The bytes that can still be written on its disk; `None` where the system does not say.
    #[must_use]
    pub fn room(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(&self.folder).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// Names the cache: `KATAS_CACHE` where it is set, else the platform's cache folder for this user. Where nothing names
    /// a folder of this user's, it is in the temporary folder, if it can be nobody else's.
    ///
    /// # Errors
    /// When that folder is somebody else's or open to others, or the name is one that the tools cannot handle.
    pub fn of_this_user() -> Result<Self, FileError> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let folder = if let Some(folder) = set("KATAS_CACHE") {
            PathBuf::from(folder)
        } else if let (true, Some(home)) = (cfg!(target_os = "macos"), set("HOME")) {
            Path::new(&home).join("Library/Caches/katas")
        } else if let Some(folder) = set("XDG_CACHE_HOME") {
            Path::new(&folder).join("katas")
        } else if let Some(home) = set("HOME") {
            Path::new(&home).join(".cache/katas")
        } else {
            owned_folder()?
        };
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        let plain = |name: &str| !name.contains(|char: char| char.is_control() || char == ':');
        if !folder.to_str().is_some_and(plain) {
            return Err(FileError::tag(FileAction::UseCacheFolder, &folder)(
                std::io::Error::new(
                    std::io::ErrorKind::InvalidFilename,
                    "its path has a colon or a control character in it, or is not UTF-8, and linkers cannot take that",
                ),
            ));
        }
        Ok(Self { folder })
    }

    /// A cache in a folder of the caller's choice.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The folder itself; it may not be there yet.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a scratch folder that is removed when dropped.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn scratch(&self) -> Result<Scratch, FileError> {
        let base = self.folder.join("scratch");
        make_folder(&base)?;
        let made = tempfile::Builder::new().prefix("run-").tempdir_in(&base);
        let folder = made.map_err(FileError::tag(FileAction::CreateFolderIn, &base))?;
        Ok(Scratch {
            _held: super::hold(folder.path()),
            folder,
        })
    }

    /// Gives room for what does not fit in memory. Where the cache cannot be written, that is the temporary folder.
    #[must_use]
    pub fn spill(&self) -> Spill {
        let base = self.folder.join("scratch");
        match make_folder(&base) {
            Ok(()) => Spill::in_folder(&base),
            Err(_) => Spill::in_folder(&std::env::temp_dir()),
        }
    }

    /// Removes what a killed katas left behind in a folder of the cache: entries that begin with `prefix` and are old.
    ///
    /// Nothing depends on it, so it fails in silence.
    pub fn sweep(&self, folder: &str, prefix: &str) {
        let entries = std::fs::read_dir(self.folder.join(folder));
        for entry in entries.into_iter().flatten().flatten() {
            let ours = entry
                .file_name()
                .as_encoded_bytes()
                .starts_with(prefix.as_bytes());
            if ours && is_abandoned(&entry) {
                super::tidy_away(&entry.path());
            }
        }
    }
}

/// A folder in the temporary folder, which all users share, that nobody but this user can have put there: whoever owns a cache decides what runs.
fn owned_folder() -> Result<PathBuf, FileError> {
    let user = rustix::process::geteuid().as_raw();
    let folder = std::env::temp_dir().join(format!("katas-{user}"));
    let made = std::fs::DirBuilder::new().mode(0o700).create(&folder);
    if let Err(error) = made
        && error.kind() != std::io::ErrorKind::AlreadyExists
    {
        return Err(FileError::tag(FileAction::CreateFolder, &folder)(error));
    }
    let about = std::fs::symlink_metadata(&folder);
    let about = about.map_err(FileError::tag(FileAction::Read, &folder))?;
    if about.is_dir() && about.uid() == user && about.mode() & 0o077 == 0 {
        return Ok(folder);
    }
    Err(FileError::tag(FileAction::UseCacheFolder, &folder)(
        std::io::Error::new(
            std::io::ErrorKind::PermissionDenied,
            "others can write to it, or it is not yours",
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_use_is_not_tidied_away_however_old_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 60 * 60);
        let age = |path: &Path| {
            let opened = std::fs::File::open(path).unwrap();
            opened.set_modified(long_ago).unwrap();
        };
        let used = cache.scratch().unwrap();
        let left = folder.path().join("scratch/run-left");
        std::fs::create_dir(&left).unwrap();
        age(used.path());
        age(&left);
        cache.sweep("scratch", "");
        assert!(used.path().is_dir());
        assert!(!left.exists());
    }
}
