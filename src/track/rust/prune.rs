//! Limits the number and size of built answers: the least recently used are removed first.

use std::path::Path;

use super::compilation::PROGRAM;
use super::unfinished::PREFIX;
use crate::files::{self, Kept};

/// The maximum number of built answers, and their total size in bytes.
const KEPT: usize = 300;
const KEPT_BYTES: u64 = 1 << 30;

/// Removes the least recently used answers that are not in use. Nothing depends on it, so errors are ignored.
pub(super) fn prune(kept: &Path) {
    let Ok(entries) = std::fs::read_dir(kept) else {
        return;
    };
    let mut answers = Vec::new();
    for entry in entries.flatten() {
        let Ok(changed) = entry.metadata().and_then(|about| about.modified()) else {
            continue;
        };
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
            let program = std::fs::metadata(entry.path().join(PROGRAM));
            answers.push(Kept {
                used: changed,
                bytes: program.map_or(0, |about| about.len()),
                path: entry.path(),
            });
        }
    }
    for path in files::surplus(answers, KEPT, KEPT_BYTES) {
        files::tidy_away(&path);
    }
}
