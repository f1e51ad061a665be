//! Removes what a killed katas left behind: files that it had written beside their places and not yet renamed.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How old something has to be before it counts as left behind: no build takes nearly as long.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// How the name of a file begins that is not yet in its place; six letters or digits follow.
pub(super) const BESIDE: &str = ".katas-";

/// Removes the files that a killed katas left in a folder.
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

/// Something that is kept to be used again, and may be removed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// When it was last used.
    pub used: SystemTime,
    /// How many bytes it has.
    pub bytes: u64,
    /// Where it is.
    pub path: PathBuf,
}

/// The paths of what has to go, so that at most so many are kept and at most so many bytes: what was not used for the
/// longest time.
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

/// Whether nothing was changed here for so long that nobody can be at it.
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
        // One that somebody may be writing now.
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
