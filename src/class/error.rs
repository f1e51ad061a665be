//! Errors in finding the submissions of a class; problems of a single submission are in its own record.

use std::path::PathBuf;

use crate::files::FileError;
use crate::printable;

/// A class could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ClassError {
    /// It contains no submission.
    #[error("there is no submission in {}", printable::path(path))]
    Empty {
        /// The folder or zip.
        path: PathBuf,
    },
    /// It is a course or a single submission.
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
