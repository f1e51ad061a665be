//! Input files named by a spec, and whether a file exists at all.

use std::path::Path;

use crate::files;

/// The maximum size of an input file in bytes.
pub(super) const LARGEST_INPUT: u64 = 1 << 30;

/// Reads a file that a spec names as an input.
pub(crate) fn read_input(folder: &Path, name: &str) -> std::io::Result<Vec<u8>> {
    files::read_regular(&folder.join(name), LARGEST_INPUT)
}

/// Whether the path exists. A path that cannot be read counts as existing; reading it reports the error.
pub(super) fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}
