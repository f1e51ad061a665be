//! What a run over a class has done so far, line by line, so that one that was stopped can go on: `--resume`.
//!
//! Results are kept anyway, by what they depend on; the journal also holds the few that are not: answers that ran out of
//! time. It lies in the cache under the class's folder, and a run without `--resume` begins it anew.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Deal;
use super::keep::Key;
use crate::files::{self, Cache, FileError};
use crate::record::KataRecord;
use crate::seal::hex::{Hex, encode};

/// The most bytes of a journal that are read.
const LARGEST: u64 = 1 << 30;

/// The journal of a class.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    done: HashMap<Key, KataRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    key: Hex<32>,
    record: KataRecord,
}

impl Journal {
    /// Opens the journal of a class: to go on with what it holds, or to begin anew.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn open(
        cache: &Cache,
        class: &Path,
        deal: Option<Deal>,
        resume: bool,
    ) -> Result<Self, FileError> {
        let class = std::path::absolute(class).unwrap_or_else(|_| class.to_owned());
        let mut digest = Sha256::new();
        digest.update(class.as_os_str().as_encoded_bytes());
        // Parts of one class can be judged at once.
        digest.update(deal.map_or_else(String::new, |deal| format!("\0{deal}")));
        let name = encode(&digest.finalize()[..16]);
        let folder = cache.folder().join("classes");
        files::make_folder(&folder)?;
        let path = folder.join(format!("{name}.jsonl"));
        let tag = |what| FileError::tag(what, &path);
        let mut options = File::options();
        let opened = options.create(true).append(true).open(&path);
        let mut file = opened.map_err(tag("write"))?;
        // Where the file system has no locks, two runs at once only cost each other their journals.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let busy = std::io::Error::other("another katas is judging this class");
            return Err(tag("use")(busy));
        }
        let mut done = HashMap::new();
        if resume {
            let bytes = files::read_bounded(&path, LARGEST)?.unwrap_or_default();
            // A line that a killed run left half-written is no line.
            for line in bytes.split(|byte| *byte == b'\n') {
                if let Ok(Line { key, record }) = serde_json::from_slice(line) {
                    done.insert(key.0, record);
                }
            }
        } else {
            file.set_len(0).map_err(tag("write"))?;
        }
        // What follows begins on a line of its own, whatever came before.
        file.write_all(b"\n").map_err(tag("write"))?;
        Ok(Self { file, path, done })
    }

    /// How many results an earlier run left in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether an earlier run left nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Hands over what an earlier run left in it.
    pub(super) fn take(&mut self) -> HashMap<Key, KataRecord> {
        std::mem::take(&mut self.done)
    }

    /// Writes down a result that is kept nowhere else.
    pub(super) fn add(&mut self, key: Key, record: &KataRecord) -> Result<(), FileError> {
        let line = Line {
            key: Hex(key),
            record: record.clone(),
        };
        let mut text = serde_json::to_vec(&line).unwrap_or_default();
        text.push(b'\n');
        let written = self.file.write_all(&text);
        written.map_err(FileError::tag("write", &self.path))
    }
}
