//! What a track is: a language with a name, a way to open a session, and what it says of its tools.

use std::path::Path;
use std::time::Duration;

use super::author::{Mutant, Variant};
use super::error::{Fault, TrackError};
use super::session::{Purpose, Session};
use crate::files::Cache;
use crate::spec::Spec;

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

    /// A program that an author begins with: it has the signature that the kata wants, uses what it is given and gives
    /// nothing but this message. `about` is what is said above it, if anything.
    ///
    /// # Errors
    /// When the spec uses a type that this language has no word for.
    fn program(&self, spec: &Spec, about: &str, message: &str) -> Result<String, TrackError>;

    /// Makes everything ready that answers need for this purpose.
    ///
    /// # Errors
    /// When the tools are missing or broken.
    fn open(
        &self,
        cache: &Cache,
        purpose: Purpose,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Box<dyn Session>, TrackError>;

    /// The file with an editor's settings that a class is given, as its path from the top and its text.
    fn editor_settings(&self) -> Option<(&'static str, &'static str)> {
        None
    }

    /// What everyone who answers in it has to know of the expected bits, in a sentence or two; `katas show` says it.
    fn note(&self) -> Option<&'static str> {
        None
    }

    /// The operations that a spec's `uses` and `without` can name, as they are counted; empty where nothing is counted.
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

    /// Makes everything ready for answers, for `katas setup`; `program` is the tool that the person named. Says what it found.
    ///
    /// # Errors
    /// When something is missing that it cannot get.
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
