//! The `Track` trait: a language with a name, sessions, and checks of its tools.

use std::path::Path;
use std::time::Duration;

use super::api::Api;
use super::author::{Combined, Mutant, Variant};
use super::error::{Fault, TrackError};
use super::session::{Purpose, Session};
use crate::files::Cache;
use crate::spec::Spec;

/// A language.
pub trait Track: Sync {
    /// Its name in reports.
    fn name(&self) -> &'static str;

    /// The file extension of an answer, without the dot.
    fn extension(&self) -> &'static str;

    /// The signature of the kata, as a learner would write it.
    ///
    /// # Errors
    /// When the spec uses a type that this language does not have.
    fn signature(&self, spec: &Spec) -> Result<String, TrackError>;

    /// A program for an author to start from: it has the kata's signature, uses its arguments and fails with this
    /// message. `about` is the comment above it, if any.
    ///
    /// # Errors
    /// When the spec uses a type that this language does not have.
    fn program(&self, spec: &Spec, about: &str, message: &str) -> Result<String, TrackError>;

    /// Opens a session for this purpose.
    ///
    /// # Errors
    /// When the tools are missing or broken.
    fn open(
        &self,
        cache: &Cache,
        purpose: Purpose,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Box<dyn Session>, TrackError>;

    /// The file with an editor's settings for a class: its path in the course and its text.
    fn editor_settings(&self) -> Option<(&'static str, &'static str)> {
        None
    }

    /// A sentence or two that learners need about the expected bits; `katas show` prints it.
    fn note(&self) -> Option<&'static str> {
        None
    }

    /// What answers can use, for `katas api`.
    fn api(&self) -> Option<Api> {
        None
    }

    /// The operations that a spec's `uses` and `without` can name; empty if nothing is counted.
    fn operations(&self) -> &'static [&'static str] {
        &[]
    }

    /// Makes mutants of a solution, at most [`MOST_MUTANTS`](super::MOST_MUTANTS).
    fn mutants(&self, spec: &Spec, solution: &str) -> Vec<Mutant> {
        let _ = (spec, solution);
        Vec::new()
    }

    /// Makes variants of a solution.
    fn variants(&self, spec: &Spec, solution: &str) -> Vec<Variant> {
        let _ = (spec, solution);
        Vec::new()
    }

    /// Combines several programs for this kata into one, which is quicker to compile and start; `None` if the language
    /// cannot. Most of them are changed copies of `original`.
    ///
    /// # Errors
    /// When the spec uses a type that this language does not have.
    fn combined(
        &self,
        spec: &Spec,
        original: &str,
        programs: &[&str],
    ) -> Result<Option<Combined>, TrackError> {
        let _ = (spec, original, programs);
        Ok(None)
    }

    /// Prepares everything that answers need, for `katas setup`; `program` is the tool to use. Returns a description
    /// of what it found.
    ///
    /// # Errors
    /// When something is missing that it cannot install.
    fn set_up(
        &self,
        cache: &Cache,
        program: Option<&Path>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Finding>, TrackError> {
        if let Some(program) = program {
            return Err(TrackError::new(
                Fault::Unsupported,
                format!("{} does not use {}", self.name(), program.display()),
                "leave out that option",
            ));
        }
        self.open(cache, Purpose::One, progress)?;
        Ok(self.doctor(cache, progress))
    }

    /// Checks the language's tools for `katas doctor` by running them.
    fn doctor(&self, cache: &Cache, progress: &mut dyn FnMut(Progress)) -> Vec<Finding> {
        let _ = (cache, progress);
        Vec::new()
    }
}

/// A finding of `katas doctor` about a language's tools.
#[derive(Debug)]
pub struct Finding {
    /// What was checked, in a word.
    pub what: &'static str,
    /// Its state, in a phrase.
    pub says: String,
    /// Why answers cannot be judged with it, if so.
    pub problem: Option<TrackError>,
}

impl Finding {
    /// Creates a finding without a problem.
    pub fn good(what: &'static str, says: impl Into<String>) -> Self {
        Self {
            what,
            says: says.into(),
            problem: None,
        }
    }
}

/// A step of preparing the tools.
#[derive(Clone, Debug)]
pub enum Progress {
    /// A build that takes a while is about to start.
    Starts {
        /// What is built and how often, as the object of "building".
        what: String,
    },
    /// Another `katas` process is building it.
    Waits,
    /// The next part of it.
    Step(String),
    /// It is finished, after this time.
    Done(Duration),
}
