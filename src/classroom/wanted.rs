//! What a teacher wants of a course.

use super::Pin;
use crate::seal::Zeroizing;
use crate::track::Tracks;

/// The kind of classroom, with what only this kind needs.
#[derive(Clone)]
pub(crate) enum Way {
    /// A repository for each student, judged by a workflow of its own.
    Actions,
    /// Classroom 50, with the assignment's short name.
    Classroom50 {
        /// As it stands in addresses.
        assignment: String,
    },
    /// Gradescope.
    Gradescope {
        /// The class key, if the sealed cases are to be run there.
        key: Option<Zeroizing<Vec<u8>>>,
    },
}

/// What is wanted.
#[derive(Clone)]
pub(crate) struct ClassOptions {
    /// The kind of classroom.
    pub way: Way,
    /// The languages that answers may be written in.
    pub tracks: Tracks,
    /// The katas; all of the course if there is none.
    pub katas: Vec<String>,
    /// How `katas` is installed.
    pub pin: Option<Pin>,
    /// The program itself, to go with the grader where there is room for it.
    pub program: Option<Vec<u8>>,
    /// Whether the locks keep the reference solutions, encrypted as they are.
    pub solutions: Solutions,
}

/// What becomes of the encrypted reference solutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Solutions {
    /// They stay in the locks.
    Kept,
    /// They are taken out.
    LeftOut,
}
