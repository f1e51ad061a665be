//! Files that a spec names, and whether a file is there at all.

use std::path::Path;

use crate::files;

/// The most bytes of a file that a spec names as an input.
pub(super) const LARGEST_INPUT: u64 = 1 << 30;

/// Reads a file that a spec names as an input.
pub(crate) fn read_input(folder: &Path, name: &str) -> std::io::Result<Vec<u8>> {
    files::read_regular(&folder.join(name), LARGEST_INPUT)
}

/// Whether anything has this name. What cannot be read is told when it is read, and not taken for absent.
pub(super) fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}
