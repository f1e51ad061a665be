//! The cache of results: judging the same answer again under the same conditions only reads a file.
//!
//! Losing a result costs only the time to judge again, so a result that cannot be read or written is not an error.

use std::path::PathBuf;

use crate::files::{self, Cache, Kept};
use crate::record::KataRecord;
use crate::seal::hex::encode;

/// The key of a result: the digest of everything that it depends on.
pub(super) type Key = [u8; 32];

/// The maximum number of cached results, and their total size in bytes.
const MOST: usize = 100_000;
const MOST_BYTES: u64 = 1 << 30;

/// The results in a cache.
#[derive(Clone, Copy)]
pub(super) struct Keep<'a> {
    cache: &'a Cache,
}

impl<'a> Keep<'a> {
    pub(super) fn of(cache: &'a Cache) -> Self {
        Self { cache }
    }

    /// The result with this key, if it is cached.
    pub(super) fn get(&self, key: &Key) -> Option<KataRecord> {
        let bytes = std::fs::read(self.file(key)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Stores a result.
    pub(super) fn put(&self, key: &Key, record: &KataRecord) {
        if let Ok(bytes) = serde_json::to_vec(record) {
            let _ = files::write_whole(&self.file(key), &bytes);
        }
    }

    /// Removes the oldest results if there are too many, or too many bytes of them.
    pub(super) fn prune(&self) {
        self.prune_to(MOST, MOST_BYTES);
    }

    fn prune_to(&self, most: usize, most_bytes: u64) {
        let mut kept = Vec::new();
        for folder in std::fs::read_dir(self.folder())
            .into_iter()
            .flatten()
            .flatten()
        {
            for entry in std::fs::read_dir(folder.path())
                .into_iter()
                .flatten()
                .flatten()
            {
                let about = entry.metadata();
                let kept_file = about.and_then(|about| {
                    Ok(Kept {
                        used: about.modified()?,
                        bytes: about.len(),
                        path: entry.path(),
                    })
                });
                kept.extend(kept_file);
            }
        }
        for path in files::surplus(kept, most, most_bytes) {
            let _ = std::fs::remove_file(path);
        }
    }

    fn folder(&self) -> PathBuf {
        self.cache.folder().join("results")
    }

    /// The path is in one of many subfolders, because each write scans its folder for leftover files.
    fn file(&self, key: &Key) -> PathBuf {
        let name = encode(key);
        self.folder()
            .join(&name[..2])
            .join(format!("{}.json", &name[2..]))
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::record::Status;

    #[test]
    fn the_oldest_results_make_room_by_number_and_by_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let keep = Keep::of(&cache);
        let keys = [[1; 32], [2; 32], [3; 32]];
        let record = KataRecord::without_cases("a", Status::Failed, 1, &"x".repeat(1000));
        let fill = || {
            for (key, age) in keys.iter().zip([30, 20, 10]) {
                keep.put(key, &record);
                let file = std::fs::File::options()
                    .append(true)
                    .open(keep.file(key))
                    .unwrap();
                let changed = SystemTime::now() - std::time::Duration::from_secs(age);
                file.set_modified(changed).unwrap();
            }
            std::fs::metadata(keep.file(&keys[0])).unwrap().len()
        };
        let left = || keys.map(|key| keep.get(&key).is_some());
        let length = fill();
        keep.prune_to(3, length * 3);
        assert_eq!(left(), [true, true, true]);
        keep.prune_to(3, length * 3 - 1);
        assert_eq!(left(), [false, true, true]);
        fill();
        keep.prune_to(1, length * 3);
        assert_eq!(left(), [false, false, true]);
    }
}
