//! Why nothing can be made of a course for a class.

use super::TreeError;
use crate::catalog::CatalogError;
use crate::grade::GradeError;

/// Nothing can be made of this.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClassroomError {
    /// Nobody said where `katas` comes from.
    #[error("no version of katas was chosen for the class")]
    NoPin,
    /// A program cannot be put anywhere.
    #[error("a template for GitHub Actions cannot include a program: its workflow installs katas")]
    NoRoom,
    /// The assignment's name makes no address.
    #[error("`{0}` is not a valid short name of an assignment")]
    Assignment(String),
    /// A kata has hidden cases that nothing is known of without its solutions.
    #[error("katas/{kata}/kata.lock is missing, so its hidden cases cannot be judged")]
    NoLock {
        /// The kata.
        kata: String,
    },
    /// A sealed case was written and never sealed.
    #[error("the sealed case `{case}` of {kata} is not in katas/{kata}/kata.lock")]
    NotSealed {
        /// The kata.
        kata: String,
        /// The case.
        case: String,
    },
    /// The class key is to open sealed cases, and there are none.
    #[error("no kata has a sealed case, so the autograder should not get the class key")]
    NothingSealed,
    /// The bundle is larger than Classroom 50 takes.
    #[error("the bundle has {size} bytes, and Classroom 50 takes {most}")]
    TooLarge {
        /// What it has.
        size: usize,
        /// What is allowed.
        most: usize,
    },
    /// The course cannot be read.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// The course cannot be used.
    #[error(transparent)]
    Grade(#[from] GradeError),
    /// The zip cannot be made.
    #[error(transparent)]
    Tree(#[from] TreeError),
}
