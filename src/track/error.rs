//! Errors of a track. The track words them; `cli` only adds the exit code.

use crate::files::FileError;
use crate::sandbox::SandboxError;

/// A track failed, through no fault of the answer.
#[derive(Debug, thiserror::Error)]
pub enum TrackError {
    /// Something is wrong with the language's tools.
    #[error("{says}")]
    Tools {
        /// The kind of problem.
        fault: Fault,
        /// What went wrong, in a clause.
        says: String,
        /// What to do about it, in a clause.
        hint: String,
    },
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A program could not be started or watched.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
}

/// A problem of a language's tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A tool is not installed.
    Missing,
    /// A tool does not work.
    Broken,
    /// Something has to be downloaded first.
    Offline,
    /// This machine cannot confine other people's answers.
    NotConfined,
    /// The kata requires something that the language does not have.
    Unsupported,
    /// A bug in katas.
    Ours,
}

impl TrackError {
    /// Creates an error of the tools.
    pub fn new(fault: Fault, says: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Tools {
            fault,
            says: says.into(),
            hint: hint.into(),
        }
    }

    /// Creates the error of other people's answers on a machine that cannot confine them; `missing` is what it lacks.
    #[must_use]
    pub fn not_confined(missing: &[String]) -> Self {
        let missing = missing.join(", and ");
        Self::new(
            Fault::NotConfined,
            format!("this machine cannot confine untrusted answers: {missing}"),
            "grade on Linux 5.13 or newer with Landlock; `--allow-unconfined` grades here anyway",
        )
    }
}
