//! A lock for slow builds that several katas processes might do at the same time.

use std::fs::File;
use std::path::Path;

use super::Progress;
use crate::files::{FileAction, FileError};

/// Takes the lock, and reports if another katas process has it; it is held until the file is dropped.
///
/// # Errors
/// When the file cannot be created or locked.
pub(super) fn exclusive(
    path: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<File, FileError> {
    let lock = File::create(path).map_err(FileError::tag(FileAction::Write, path))?;
    if lock.try_lock().is_err() {
        progress(Progress::Waits);
        lock.lock()
            .map_err(FileError::tag(FileAction::Lock, path))?;
    }
    Ok(lock)
}
