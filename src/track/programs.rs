//! Programs on `PATH`: how the tracks find their tools.

use std::path::PathBuf;

/// Finds a program on `PATH`, as a shell would.
pub(super) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
