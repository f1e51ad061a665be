//! Errors in reading a course.

use std::path::PathBuf;

use crate::files::FileError;
use crate::seal::SealError;
use crate::spec::Faults;

/// An error in a course that prevents `katas` from doing its work.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// There is no course here or above.
    #[error("there is no course here: no katas/course.yaml in {} or a folder above it", from.display())]
    NoCourse {
        /// The folder where the search began.
        from: PathBuf,
    },
    /// There is no kata with this name.
    #[error("the course has no kata called `{typed}`")]
    UnknownKata {
        /// What was typed.
        typed: String,
        /// Similar names.
        near: Vec<String>,
    },
    /// A file of the course has faults.
    #[error("{0}")]
    Faults(Faults),
    /// A kata's lock cannot be used.
    #[error("{path} cannot be used")]
    Lock {
        /// The file, relative to the course's folder.
        path: String,
        /// Why.
        source: SealError,
    },
    /// A file of the course cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}
