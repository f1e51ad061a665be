//! Why the submissions of a class could not be found; what is wrong with a single one is told in its own record.

use std::path::PathBuf;

use crate::files::FileError;
use crate::printable;

/// A class could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ClassError {
    /// There is nothing to judge in it.
    #[error("there is no submission in {}", printable::path(path))]
    Empty {
        /// The folder or zip.
        path: PathBuf,
    },
    /// It is a course, or one submission.
    #[error("{} is a course or one submission, not a class", printable::path(path))]
    NoClass {
        /// The folder.
        path: PathBuf,
    },
    /// The zip cannot be unpacked.
    #[error("cannot unpack {}: {says}", printable::path(path))]
    Zip {
        /// The zip.
        path: PathBuf,
        /// What is wrong.
        says: String,
    },
    /// A file or folder cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}
