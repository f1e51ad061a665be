//! The journal of a run over a class, one line per result, so that a stopped run can continue: `--resume`.
//!
//! Results are cached anyway; the journal also has the few that are not: those of answers that ran out of time. The
//! journal is in the cache under the class's folder, and a run without `--resume` starts a new one.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Deal;
use super::keep::Key;
use crate::files::{self, Cache, FileAction, FileError};
use crate::record::KataRecord;
use crate::seal::hex::{Hex, encode};

/// The journal of a class.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    done: Option<EarlierResults>,
}

/// The results of an earlier run: they are in the journal, and memory has only their positions.
#[derive(Debug)]
pub(super) struct EarlierResults {
    file: Mutex<File>,
    /// The start and length of each result's line.
    places: HashMap<Key, (u64, usize)>,
}

impl EarlierResults {
    fn read(path: &Path) -> std::io::Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let (mut places, mut start, mut line) = (HashMap::new(), 0, Vec::new());
        while file.read_until(b'\n', &mut line)? > 0 {
            // A killed run may have left a partial line, which is ignored.
            if let Ok(Line { key, .. }) = serde_json::from_slice(&line) {
                places.insert(key.0, (start, line.len()));
            }
            start += line.len() as u64;
            line.clear();
        }
        Ok(Self {
            file: Mutex::new(file.into_inner()),
            places,
        })
    }

    /// Reads a result. An answer whose result cannot be read is judged again.
    pub(super) fn get(&self, key: &Key) -> Option<KataRecord> {
        let (start, length) = *self.places.get(key)?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = vec![0; length];
        file.seek(SeekFrom::Start(start)).ok()?;
        file.read_exact(&mut line).ok()?;
        let line: Line = serde_json::from_slice(&line).ok()?;
        (line.key.0 == *key).then_some(line.record)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    key: Hex<32>,
    record: KataRecord,
}

impl Journal {
    /// Opens the journal of a class, to continue with its results or to start over.
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
        // Several parts of one class can be judged at the same time.
        digest.update(deal.map_or_else(String::new, |deal| format!("\0{deal}")));
        let name = encode(&digest.finalize()[..16]);
        let folder = cache.folder().join("classes");
        files::make_folder(&folder)?;
        let path = folder.join(format!("{name}.jsonl"));
        let tag = |what| FileError::tag(what, &path);
        let mut options = File::options();
        let opened = options.create(true).append(true).open(&path);
        let mut file = opened.map_err(tag(FileAction::Write))?;
        // Without file locks, two concurrent runs only lose their journals.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let busy = std::io::Error::other("another katas process is judging this class");
            return Err(tag(FileAction::Use)(busy));
        }
        let mut done = None;
        if resume {
            done = Some(EarlierResults::read(&path).map_err(tag(FileAction::Read))?);
        } else {
            file.set_len(0).map_err(tag(FileAction::Write))?;
        }
        // A new entry starts on its own line, whatever came before.
        file.write_all(b"\n").map_err(tag(FileAction::Write))?;
        Ok(Self { file, path, done })
    }

    /// Takes the results of an earlier run.
    pub(super) fn take(&mut self) -> Option<EarlierResults> {
        self.done.take()
    }

    /// Appends a result that is not cached.
    pub(super) fn add(&mut self, key: Key, record: &KataRecord) -> Result<(), FileError> {
        let line = Line {
            key: Hex(key),
            record: record.clone(),
        };
        let mut text = serde_json::to_vec(&line).expect("plain fields always have a JSON form");
        text.push(b'\n');
        let written = self.file.write_all(&text);
        written.map_err(FileError::tag(FileAction::Write, &self.path))
    }
}
