//! Errors in creating a class from a course.

use super::TreeError;
use crate::catalog::CatalogError;
use crate::grade::GradeError;

/// A class could not be created.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClassroomError {
    /// No version of `katas` was chosen.
    #[error("no version of katas was chosen for the class")]
    NoPin,
    /// This kind of classroom cannot include a program.
    #[error("a template for GitHub Actions cannot include a program: its workflow installs katas")]
    NoRoom,
    /// The assignment's name is not valid in a URL.
    #[error("`{0}` is not a valid short name of an assignment")]
    Assignment(String),
    /// A kata has hidden cases but no lock to judge them with.
    #[error("katas/{kata}/kata.lock is missing, so its hidden cases cannot be judged")]
    NoLock {
        /// The kata.
        kata: String,
    },
    /// A sealed case is not in the lock.
    #[error("the sealed case `{case}` of {kata} is not in katas/{kata}/kata.lock")]
    NotSealed {
        /// The kata.
        kata: String,
        /// The case.
        case: String,
    },
    /// A class key was given, but there are no sealed cases.
    #[error("no kata has a sealed case, so the autograder should not get the class key")]
    NothingSealed,
    /// The bundle exceeds the limit of Classroom 50.
    #[error("the grader has {size} bytes, and Classroom 50 accepts at most {most}")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        most: usize,
    },
    /// The course cannot be read.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// The course cannot be used.
    #[error(transparent)]
    Grade(#[from] GradeError),
    /// The zip could not be created.
    #[error(transparent)]
    Tree(#[from] TreeError),
}
