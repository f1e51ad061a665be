//! The cache folder: data that can be recreated. Losing it only costs time.

use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::sweep::is_abandoned;
use super::{FileAction, FileError, Spill, make_folder};

/// The folder for built libraries, built answers and scratch folders.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A folder in the cache that no other process cleans up, removed when dropped.
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
    /// The free space on its disk in bytes; `None` if the system does not report it.
    #[must_use]
    pub fn room(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(&self.folder).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// Locates the cache: `KATAS_CACHE` if it is set, or else the platform's cache folder for this user, or else a
    /// folder in the temporary folder that belongs only to this user.
    ///
    /// # Errors
    /// When that folder belongs to another user or is accessible to others, or the tools cannot handle its path.
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
                    "its path has a colon or a control character in it, or is not UTF-8, which linkers cannot handle",
                ),
            ));
        }
        Ok(Self { folder })
    }

    /// A cache in the given folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The folder itself, which may not exist yet.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Creates a scratch folder that is removed when dropped.
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

    /// Creates a spill in the cache, or in the temporary folder if the cache is not writable.
    #[must_use]
    pub fn spill(&self) -> Spill {
        let base = self.folder.join("scratch");
        match make_folder(&base) {
            Ok(()) => Spill::in_folder(&base),
            Err(_) => Spill::in_folder(&std::env::temp_dir()),
        }
    }

    /// Removes leftovers of killed processes in a folder of the cache: old entries that begin with `prefix`.
    ///
    /// Nothing depends on it, so errors are ignored.
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

/// A folder in the shared temporary folder that only this user can have created: whoever owns a cache decides what
/// runs.
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
