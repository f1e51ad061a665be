//! The kata that the learner works on, in `.katas/current`: its name on one line. Losing the file loses no progress.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::files::{self, FileError};

/// The largest name that is read.
const MOST: u64 = 256;

fn path(course: &Path) -> PathBuf {
    course.join(".katas/current")
}

/// The name that was stored last, and when; `None` if there is none, or it cannot be read.
#[must_use]
pub(crate) fn current(course: &Path) -> Option<(String, SystemTime)> {
    let path = path(course);
    let bytes = files::read_bounded(&path, MOST).ok()??;
    let name = String::from_utf8(bytes).ok()?;
    let time = std::fs::metadata(&path).ok()?.modified().ok()?;
    Some((name.trim().to_owned(), time))
}

/// Stores the name of the kata that the learner works on.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn set_current(course: &Path, kata: &str) -> Result<(), FileError> {
    files::write_whole(&path(course), format!("{kata}\n").as_bytes())
}
