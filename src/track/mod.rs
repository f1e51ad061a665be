//! A track is a language a kata can be solved in: it turns an answer and a spec into a program, and back into outputs.
//!
//! A track builds and talks; it never compares and never prints. [`TRACKS`] is the list of them.

mod error;
pub mod rust;

pub use error::{Fault, TrackError};

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::array::Value;
use crate::files::Cache;
use crate::sandbox::{Author, Confinement, Limits};
use crate::spec::Spec;
use crate::verdict::{CompilerMessage, Failure, Refusal};

/// Every language, in the order in which an answer is looked for.
pub const TRACKS: &[&dyn Track] = &[&rust::RustTrack];

/// A language.
pub trait Track: Sync {
    /// Its name in reports.
    fn name(&self) -> &'static str;

    /// The ending of an answer's file, without the dot.
    fn extension(&self) -> &'static str;

    /// The signature that the kata wants, as a learner would write it.
    ///
    /// # Errors
    /// When the spec uses a type that this language has no word for.
    fn signature(&self, spec: &Spec) -> Result<String, TrackError>;

    /// Makes the tools ready that every answer needs, and names them.
    ///
    /// # Errors
    /// When they are missing or broken.
    fn tools(&self, cache: &Cache, progress: &mut dyn FnMut(Progress))
    -> Result<Tools, TrackError>;

    /// Builds an answer, or finds it built.
    ///
    /// # Errors
    /// When the tools are missing or broken. What is wrong with the answer is a [`Built::Refused`].
    fn build(
        &self,
        request: &BuildRequest<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Built, TrackError>;

    /// Runs a built program on some cases, each given by its inputs; the outcomes are in the same order. What it may take, print
    /// and send holds for all of them together, however many processes they need.
    ///
    /// # Errors
    /// When the program cannot be started or watched.
    fn run(
        &self,
        program: &Program,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError>;

    /// Writes what an editor needs to help in these answers, each with a name of its own; says which files it wrote.
    ///
    /// # Errors
    /// When a file cannot be written or the tools are missing.
    fn help_editor(
        &self,
        course: &Path,
        answers: &[(String, PathBuf)],
        cache: &Cache,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<PathBuf>, TrackError>;

    /// Looks at the language's tools for `katas doctor`, and tries them out.
    fn doctor(&self, cache: &Cache, progress: &mut dyn FnMut(Progress)) -> Vec<Finding> {
        let _ = (cache, progress);
        Vec::new()
    }
}

/// Something that `katas doctor` says of a language's tools.
#[derive(Debug)]
pub struct Finding {
    /// What was looked at, in a word.
    pub what: &'static str,
    /// What it is like, in a phrase.
    pub says: String,
    /// Why answers cannot be judged with it.
    pub problem: Option<TrackError>,
}

impl Finding {
    /// Makes the finding of something that is as it should be.
    pub fn good(what: &'static str, says: impl Into<String>) -> Self {
        Self {
            what,
            says: says.into(),
            problem: None,
        }
    }
}

/// What every answer is built with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    /// The toolchain, as it names itself.
    pub name: String,
    /// The digest of everything that answers are built with.
    pub digest: String,
}

/// An answer to build.
#[derive(Clone, Copy, Debug)]
pub struct BuildRequest<'a> {
    /// What the kata wants.
    pub spec: &'a Spec,
    /// The answer's text.
    pub source: &'a str,
    /// The answer's file as the learner knows it; messages name it so.
    pub shown_as: &'a str,
    /// The width of the screen that messages are for.
    pub width: usize,
    /// Where built things are kept.
    pub cache: &'a Cache,
    /// Who wrote the answer.
    pub author: Author,
    /// Whether it may hold unsafe code.
    pub unsafe_code: UnsafeCode,
}

/// Whether an answer may hold unsafe code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsafeCode {
    /// Refuse it: answers are safe Rust.
    Refused,
    /// Compile and run it. Only tests do this, and no command can: the sandbox has to hold by itself.
    Allowed,
}

/// What came of building.
#[derive(Clone, Debug)]
pub enum Built {
    /// A program.
    Ready(Program),
    /// What is wrong with the answer.
    Refused(Refusal),
}

/// A built answer.
#[derive(Clone, Debug)]
pub struct Program {
    /// The file to run.
    pub file: PathBuf,
    /// The answer's file as the learner knows it.
    pub shown_as: String,
    /// What the compiler warned about.
    pub warnings: Vec<CompilerMessage>,
    /// Whether it was built now, or found built.
    pub fresh: bool,
    /// What it may reach when it runs.
    pub confinement: Confinement,
    /// Where it was built, and the digest of what it was built with: to try the tools again if it does not start.
    pub cache: Cache,
    /// See `cache`.
    pub tools: String,
    /// Keeps it from being tidied away while it is needed.
    pub held: Option<Arc<std::fs::File>>,
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

/// What happens while the tools are prepared.
#[derive(Clone, Debug)]
pub enum Progress {
    /// Something is about to be built that takes a while.
    Starts {
        /// What it is and how often that happens, as the object of "building".
        what: String,
    },
    /// Another `katas` is building it.
    Waits,
    /// This part of it is next.
    Step(String),
    /// It is built, after this long.
    Done(Duration),
}
