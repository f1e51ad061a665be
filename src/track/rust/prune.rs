//! Keeps the built answers within bounds: those that were not used for the longest time go first.

use std::path::Path;

use super::compilation::PROGRAM;
use super::unfinished::PREFIX;
use crate::files::{self, Kept};

/// How many built answers are kept, and how many bytes of them.
const KEPT: usize = 100;
const KEPT_BYTES: u64 = 1 << 30;

/// Removes the answers that were not used for the longest time, and that nobody uses. Nothing depends on it, so it fails in
/// silence.
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
