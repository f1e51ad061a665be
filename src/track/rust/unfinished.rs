//! Temporary build folders, and the cleanup of those that killed builds left behind: the name of such a folder
//! contains the key whose lock the builder held.
//!
//! Whoever gets that lock knows that no other process builds there, so abandoned folders can be removed at once.

use std::path::{Path, PathBuf};

use crate::files::{self, FileAction, FileError};

/// The prefix of a folder in which something is being built.
pub(super) const PREFIX: &str = ".build-";

/// Creates a folder to build in, next to the finished builds.
pub(super) fn folder(kept: &Path) -> Result<tempfile::TempDir, FileError> {
    files::make_folder(kept)?;
    let made = tempfile::Builder::new().prefix(PREFIX).tempdir_in(kept);
    made.map_err(FileError::tag(FileAction::CreateFolderIn, kept))
}

/// The prefix of the build folders for this key.
pub(super) fn prefix(key: &str) -> String {
    format!("{}{key}-", PREFIX)
}

/// The file whose lock the builder of this key holds.
pub(super) fn lock_of(folder: &Path, key: &str) -> PathBuf {
    folder.join(format!("{key}.lock"))
}

/// Removes abandoned build folders; the caller holds the lock of the key `held` and is not building.
///
/// Nothing depends on it, so errors are ignored.
pub(super) fn sweep(folder: &Path, held: &str) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let key = name.to_str().and_then(key_of);
        let Some(key) = key else { continue };
        if key == held {
            let _ = std::fs::remove_dir_all(entry.path());
        } else if let Ok(lock) = std::fs::File::open(lock_of(folder, key))
            && lock.try_lock().is_ok()
        {
            // The lock is held until the folder is removed, so that a new builder waits.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// The key in a folder's name; `None` for any other name.
fn key_of(name: &str) -> Option<&str> {
    let (key, random) = name.strip_prefix(PREFIX)?.split_once('-')?;
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_key && !random.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abandoned_builds_are_removed_and_running_ones_stay() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        // The caller holds `aa`, another process builds `bb`, the builder of `cc` has ended, and `dd` has no valid
        // key.
        for name in [
            ".build-aa-x1",
            ".build-bb-x1",
            ".build-cc-x1",
            ".build-cc-x2",
            ".build-dd-x1",
            ".build-abc123",
            ".build-aa-",
            ".build--x",
            "aa-x1",
        ] {
            std::fs::create_dir(at.join(name)).unwrap();
            std::fs::write(at.join(name).join("file"), "").unwrap();
        }
        for key in ["aa", "bb", "cc"] {
            std::fs::write(lock_of(at, key), "").unwrap();
        }
        let other = std::fs::File::open(lock_of(at, "bb")).unwrap();
        other.lock().unwrap();
        sweep(at, "aa");
        let left = std::fs::read_dir(at).unwrap();
        let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        left.retain(|name| !name.to_string_lossy().ends_with(".lock"));
        left.sort();
        let expected = [
            ".build--x",
            ".build-aa-",
            ".build-abc123",
            ".build-bb-x1",
            ".build-dd-x1",
            "aa-x1",
        ];
        assert_eq!(left, expected);
        drop(other);
        sweep(at, "aa");
        assert!(!at.join(".build-bb-x1").exists());
    }
}
