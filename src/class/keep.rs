//! Results that are kept: judging the same answer again, with everything else the same, is reading a file.
//!
//! The cache is this user's own, and losing a result costs only the time to judge again; so a result that cannot be read
//! or written is no error.

use std::path::PathBuf;

use crate::files::{self, Cache, Kept};
use crate::record::KataRecord;
use crate::seal::hex::encode;

/// What names a result: the digest of all that it depends on.
pub(super) type Key = [u8; 32];

/// How many results are kept, and how many bytes of them.
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

    /// The result with this key, if it is kept.
    pub(super) fn get(&self, key: &Key) -> Option<KataRecord> {
        let bytes = std::fs::read(self.file(key)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps a result.
    pub(super) fn put(&self, key: &Key, record: &KataRecord) {
        if let Ok(bytes) = serde_json::to_vec(record) {
            let _ = files::write_whole(&self.file(key), &bytes);
        }
    }

    /// Removes the oldest results when there are more than anyone will ask for again, or more bytes of them.
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

    /// In one of many folders: writing a file whole looks through its folder for what was left behind.
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
