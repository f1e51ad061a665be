//! What keeps the catalog from reading a course.

use std::path::PathBuf;

use crate::files::FileError;
use crate::seal::SealError;
use crate::spec::Faults;

/// Something about the course that keeps `katas` from its work.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// No course here or above.
    #[error("there is no course here: no katas/course.yaml in {} or a folder above it", from.display())]
    NoCourse {
        /// Where the search began.
        from: PathBuf,
    },
    /// No kata of this name.
    #[error("the course has no kata called `{typed}`")]
    UnknownKata {
        /// What was typed.
        typed: String,
        /// Names that are nearly the same.
        near: Vec<String>,
    },
    /// A file of the course is wrong.
    #[error("{0}")]
    Faults(Faults),
    /// A kata's lock is of no use.
    #[error("{path} cannot be used")]
    Lock {
        /// The file, seen from the course's folder.
        path: String,
        /// Why.
        source: SealError,
    },
    /// A file of the course cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}
