//! An open track: it owns the tools, the limits, the sandbox profile and all processes that it started.

use std::any::Any;
use std::path::{Path, PathBuf};

use crate::array::Value;
use crate::sandbox::{Author, CancelToken, Limits};
use crate::spec::Spec;
use crate::track::{Fault, TrackError};
use crate::verdict::{CompilerMessage, Failure, Refusal};

/// The purpose of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A single answer of the user's own.
    One,
    /// The user's own answer, judged again after each change.
    Watch,
    /// Many answers.
    Class {
        /// The number of workers.
        workers: usize,
        /// Whether other people wrote them.
        untrusted: bool,
    },
}

impl Purpose {
    /// Who wrote the answers.
    #[must_use]
    pub fn author(self) -> Author {
        match self {
            Self::Class {
                untrusted: true, ..
            } => Author::Untrusted,
            Self::One | Self::Watch | Self::Class { .. } => Author::Own,
        }
    }
}

/// An open track. Dropping it ends all its processes.
pub trait Session: Send + Sync {
    /// The name of its track.
    fn track(&self) -> &'static str;

    /// The purpose that it was opened for.
    fn purpose(&self) -> Purpose;

    /// The tools that answers are judged with.
    fn tools(&self) -> &Tools;

    /// How other people's answers are confined here, as far as this machine supports it.
    fn held(&self) -> Held {
        Held::default()
    }

    /// The default limits of an answer.
    fn limits(&self) -> Limits;

    /// Prepares an answer, or returns what is wrong with it.
    ///
    /// # Errors
    /// When the tools are missing or broken.
    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError>;

    /// Runs an answer on some cases, each given by its inputs; the outcomes are in the same order. The limits on
    /// time, output and messages apply to all of them together, however many processes they need.
    ///
    /// # Errors
    /// When the answer cannot be started or supervised.
    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError>;

    /// Prepares processes for the next answer to this kata if that helps: for [`Purpose::Watch`], between two
    /// answers. Does not wait for them.
    fn warm(&self, spec: &Spec) {
        let _ = spec;
    }

    /// Writes the files that let editors support these answers, each answer under a unique name; returns the files it
    /// wrote. A language for which editors need no files writes none.
    ///
    /// # Errors
    /// When a file cannot be written.
    fn help_editor(
        &self,
        course: &Path,
        answers: &[(String, PathBuf)],
    ) -> Result<Vec<PathBuf>, TrackError> {
        let _ = (course, answers);
        Ok(Vec::new())
    }
}

/// The confinement of an answer, in addition to that of every answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Whether it can read only its own file.
    pub one_file: bool,
    /// Whether it loses root's uid, if it is untrusted.
    pub own_uid: bool,
}

/// The tools that every answer is judged with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    /// The name of the toolchain.
    pub name: String,
    /// The digest of everything that answers are built with.
    pub digest: String,
}

/// An answer to prepare.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The kata's spec.
    pub spec: &'a Spec,
    /// The answer's text.
    pub source: &'a str,
    /// The answer's path, as shown in messages.
    pub shown_as: &'a str,
    /// The width of the screen that messages are for.
    pub width: usize,
    /// Cancels its preparation and, later, its runs; both then fail with an error.
    pub cancel: Option<&'a CancelToken>,
}

/// A prepared answer; its contents are known only to its session.
#[derive(Debug)]
pub struct Prepared {
    /// The warnings of the tools.
    pub warnings: Vec<CompilerMessage>,
    /// Whether it was built now, and not found in the cache.
    pub fresh: bool,
    /// How it is confined.
    pub held: Held,
    program: Box<dyn Any + Send + Sync>,
}

impl Prepared {
    /// Wraps a value of the session.
    pub fn new(program: impl Any + Send + Sync) -> Self {
        Self {
            warnings: Vec::new(),
            fresh: true,
            held: Held::default(),
            program: Box::new(program),
        }
    }

    /// The value of the session.
    ///
    /// # Errors
    /// When the session of another track created it.
    pub fn program<T: Any>(&self) -> Result<&T, TrackError> {
        self.program.downcast_ref().ok_or_else(|| {
            TrackError::new(
                Fault::Ours,
                "an answer in one language was passed to the track of another",
                "this is a bug in katas",
            )
        })
    }
}

/// The outcome of one case.
#[derive(Clone, Debug)]
pub struct CaseOutcome {
    /// The output, or the reason if there is none.
    pub output: Result<Value, Failure>,
    /// The operations of the teaching crate that were called, by Flax's names, with their counts.
    pub calls: Vec<(String, u64)>,
    /// The printed text, with control characters made visible.
    pub printed: String,
    /// Whether the case was run; false if an earlier case used up the time.
    pub ran: bool,
}
