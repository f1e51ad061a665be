//! Removes leftovers of killed processes: temporary files that were not yet renamed.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The age after which something counts as a leftover: no build takes nearly as long.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// The prefix of a temporary file's name; six letters or digits follow.
pub(super) const BESIDE: &str = ".katas-";

/// Removes the leftovers in a folder.
///
/// Nothing depends on it, so it fails in silence.
pub fn sweep(folder: &Path) {
    let entries = std::fs::read_dir(folder);
    for entry in entries.into_iter().flatten().flatten() {
        if is_beside(entry.file_name().as_encoded_bytes()) && is_abandoned(&entry) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// An entry of a cache.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// When it was last used.
    pub used: SystemTime,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its path.
    pub path: PathBuf,
}

/// The paths of the least recently used entries to remove, so that the number and total size of the rest stay within
/// the limits.
#[must_use]
pub fn surplus(mut kept: Vec<Kept>, most: usize, most_bytes: u64) -> Vec<PathBuf> {
    kept.sort_by(|a, b| b.cmp(a));
    let mut bytes = 0;
    let surplus = kept.into_iter().enumerate().filter(|(place, one)| {
        bytes += one.bytes;
        *place >= most || bytes > most_bytes
    });
    surplus.map(|(_, one)| one.path).collect()
}

/// Whether nothing was changed here for so long that no process can be using it.
pub(super) fn is_abandoned(entry: &DirEntry) -> bool {
    let changed = entry.metadata().and_then(|about| about.modified());
    let age = changed.ok().and_then(|changed| changed.elapsed().ok());
    age.is_some_and(|age| age > ABANDONED)
}

fn is_beside(name: &[u8]) -> bool {
    let rest = name.strip_prefix(BESIDE.as_bytes());
    rest.is_some_and(|rest| rest.len() == 6 && rest.iter().all(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_longest_makes_room() {
        let kept = |age: u64, bytes| Kept {
            used: SystemTime::UNIX_EPOCH + Duration::from_secs(100 - age),
            bytes,
            path: PathBuf::from(age.to_string()),
        };
        let all = vec![kept(2, 10), kept(3, 10), kept(1, 10)];
        let paths = |paths: &[&str]| -> Vec<_> { paths.iter().map(PathBuf::from).collect() };
        assert_eq!(surplus(all.clone(), 3, 30), paths(&[]));
        assert_eq!(surplus(all.clone(), 2, 30), paths(&["3"]));
        assert_eq!(surplus(all, 3, 19), paths(&["2", "3"]));
    }

    #[test]
    fn only_old_files_with_such_a_name_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let long_ago = SystemTime::now() - 2 * ABANDONED;
        let kept = [
            ".katas-notes",
            ".katas-abc12",
            ".katas-abc1234",
            "katas-abc123",
        ];
        for name in kept.iter().chain(&[".katas-abc123"]) {
            let file = std::fs::File::create(folder.path().join(name)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        // A file that another process may be writing.
        std::fs::write(folder.path().join(".katas-def456"), "").unwrap();
        sweep(folder.path());
        let left = std::fs::read_dir(folder.path()).unwrap();
        let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        let mut expected = [kept.as_slice(), &[".katas-def456"]].concat();
        expected.sort_unstable();
        assert_eq!(left, expected);
    }

    #[test]
    fn the_names_of_unfinished_files_are_known() {
        let folder = tempfile::tempdir().unwrap();
        let file =
            super::super::beside(&folder.path().join("file"), &mut |_| Ok(()), 0o644).unwrap();
        let name = file.path().file_name().unwrap();
        assert!(is_beside(name.as_encoded_bytes()), "{name:?}");
    }
}
