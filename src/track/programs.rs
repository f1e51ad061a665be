//! Programs on the path, and files that were replaced: what the tracks need to find their tools and to notice others.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Finds a program on the path, as a shell would.
pub(super) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// A file's name, size and time of change: enough to notice that it was replaced.
pub(super) fn stamp(file: &Path) -> String {
    let about = std::fs::metadata(file);
    let size = about.as_ref().map_or(0, std::fs::Metadata::len);
    let time = about
        .and_then(|about| about.modified())
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |age| age.as_nanos());
    format!("{} {size} {time}", file.display())
}
