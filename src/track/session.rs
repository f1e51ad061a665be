//! A track prepared for one purpose: it owns the tools, the limits, the sandbox's profile and every process that it
//! started.

use std::any::Any;
use std::path::{Path, PathBuf};

use crate::array::Value;
use crate::sandbox::{Author, Limits};
use crate::spec::Spec;
use crate::track::{Fault, TrackError};
use crate::verdict::{CompilerMessage, Failure, Refusal};

/// What a session is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// One answer of the person's own, now.
    One,
    /// One answer of the person's own after another, as it is changed.
    Watch,
    /// Many answers.
    Class {
        /// How many are judged at once.
        workers: usize,
        /// Whether somebody else wrote them.
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

/// A track prepared. Dropping it ends every process of it.
pub trait Session: Send + Sync {
    /// The name of its track.
    fn track(&self) -> &'static str;

    /// What it was opened for.
    fn purpose(&self) -> Purpose;

    /// What answers are judged with.
    fn tools(&self) -> &Tools;

    /// How other people's answers are held here, where this machine can hold them so.
    fn held(&self) -> Held {
        Held::default()
    }

    /// What an answer may use, if nobody says otherwise.
    fn limits(&self) -> Limits;

    /// Creates an answer ready to run, or says what is wrong with it.
    ///
    /// # Errors
    /// When the tools are missing or broken.
    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError>;

    /// Runs an answer on some cases, each given by its inputs; the outcomes are in the same order. What it may take, print
    /// and send holds for all of them together, however many processes they need.
    ///
    /// # Errors
    /// When the answer cannot be started or watched.
    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError>;

    /// Makes processes ready for the next answer to this kata, as far as that helps: for [`Purpose::Watch`], between two
    /// answers. Does not wait for them.
    fn warm(&self, spec: &Spec) {
        let _ = spec;
    }

    /// Writes what an editor needs to help in these answers, each with a name of its own; says which files it wrote. A
    /// language for which editors need nothing writes nothing.
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

/// What holds an answer besides what holds every answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Whether it may read nothing but its own file.
    pub one_file: bool,
    /// Whether it loses root's uid, if it is somebody else's.
    pub own_uid: bool,
}

/// What every answer is judged with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    /// The toolchain, as it names itself.
    pub name: String,
    /// The digest of everything that answers are built with.
    pub digest: String,
}

/// An answer to make ready.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// What the kata wants.
    pub spec: &'a Spec,
    /// The answer's text.
    pub source: &'a str,
    /// The answer's file as the learner knows it; messages name it so.
    pub shown_as: &'a str,
    /// The width of the screen that messages are for.
    pub width: usize,
}

/// An answer that is ready to run; what it is, only its session knows.
#[derive(Debug)]
pub struct Prepared {
    /// What the tools warned about.
    pub warnings: Vec<CompilerMessage>,
    /// Whether it was prepared now, or found so.
    pub fresh: bool,
    /// How it is held.
    pub held: Held,
    program: Box<dyn Any + Send + Sync>,
}

impl Prepared {
    /// Creates one of what its session runs.
    pub fn new(program: impl Any + Send + Sync) -> Self {
        Self {
            warnings: Vec::new(),
            fresh: true,
            held: Held::default(),
            program: Box::new(program),
        }
    }

    /// What its session runs.
    ///
    /// # Errors
    /// When another track's session made it.
    pub fn program<T: Any>(&self) -> Result<&T, TrackError> {
        self.program.downcast_ref().ok_or_else(|| {
            TrackError::new(
                Fault::Ours,
                "an answer of one language was given to another to run",
                "this is a bug in katas",
            )
        })
    }
}

/// What one case gave.
#[derive(Clone, Debug)]
pub struct CaseOutcome {
    /// The output, or why there is none.
    pub output: Result<Value, Failure>,
    /// Which of the teaching crate's operations were called, by Flax's names, and how often.
    pub calls: Vec<(String, u64)>,
    /// What was printed, with control characters made visible.
    pub printed: String,
    /// Whether the case was run at all; false after another case used up the time.
    pub ran: bool,
}
