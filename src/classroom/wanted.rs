//! A teacher's options for a class.

use super::Pin;
use crate::seal::Zeroizing;
use crate::track::Tracks;

/// The kind of classroom, with its own options.
#[derive(Clone)]
pub(crate) enum Way {
    /// A repository for each student, judged by its own workflow.
    Actions,
    /// Classroom 50, with the assignment's short name.
    Classroom50 {
        /// The short name, as in URLs.
        assignment: String,
    },
    /// Gradescope.
    Gradescope {
        /// The class key, if the sealed cases should be run there.
        key: Option<Zeroizing<Vec<u8>>>,
    },
}

/// The options for a class.
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
    /// The program itself, to be included in the grader.
    pub program: Option<Vec<u8>>,
    /// Whether the locks keep the encrypted reference solutions.
    pub solutions: Solutions,
}

/// What to do with the encrypted reference solutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Solutions {
    /// They stay in the locks.
    Kept,
    /// They are removed from the locks.
    LeftOut,
}
