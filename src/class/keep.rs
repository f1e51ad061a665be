//! Results that are kept: judging the same answer again, with everything else the same, is reading a file.
//!
//! The cache is this user's own, and losing a result costs only the time to judge again; so a result that cannot be read
//! or written is no error.

use std::path::PathBuf;
use std::time::SystemTime;

use crate::files::{self, Cache};
use crate::record::KataRecord;
use crate::seal::hex::encode;

/// What names a result: the digest of all that it depends on.
pub(super) type Key = [u8; 32];

/// How many results are kept.
const MOST: usize = 100_000;

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

    /// Removes the oldest results when there are more than anyone will ask for again.
    pub(super) fn prune(&self) {
        let mut kept: Vec<(SystemTime, PathBuf)> = Vec::new();
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
                if let Ok(changed) = entry.metadata().and_then(|about| about.modified()) {
                    kept.push((changed, entry.path()));
                }
            }
        }
        if kept.len() > MOST {
            kept.sort();
            for (_, path) in &kept[..kept.len() - MOST] {
                let _ = std::fs::remove_file(path);
            }
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
