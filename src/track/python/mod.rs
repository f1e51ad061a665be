//! Answers in Python: one file that uses real JAX and Flax, run by an interpreter in the sandbox, one process for a
//! batch of cases.

mod check;
mod compiled;
mod contents;
mod doctor;
mod driver;
mod environment;
mod error;
mod hosts;
mod install;
mod interpreter;
mod process;
mod prune;
mod run;
mod session;
mod setup;
mod signature;
mod sizes;
mod variants;

use std::path::Path;

use super::{Api, Finding, Progress, Purpose, Session, Track, TrackError, Variant};
use crate::files::Cache;
use crate::spec::Spec;
use session::{NAME, PythonSession};

/// The Python track.
pub const PYTHON: PythonTrack = PythonTrack;

/// A note about the expected bits for everyone who answers in Python.
const NOTE: &str = "In Python, the expected bits are those of eager JAX: under `jax.jit`, the last bit of a result may differ.";

/// Answers use JAX and Flax, which have their own documentation.
const ABOUT_API: &str = "Answers in Python use JAX and Flax themselves, which are documented at https://docs.jax.dev \
                         and https://flax.readthedocs.io.";

/// Answers in Python.
#[derive(Clone, Copy, Debug)]
pub struct PythonTrack;

impl Track for PythonTrack {
    fn name(&self) -> &'static str {
        NAME
    }

    fn extension(&self) -> &'static str {
        "py"
    }

    fn signature(&self, spec: &Spec) -> Result<String, TrackError> {
        Ok(signature::signature(spec))
    }

    fn program(&self, spec: &Spec, about: &str, message: &str) -> Result<String, TrackError> {
        Ok(signature::program(spec, about, message))
    }

    fn open(
        &self,
        cache: &Cache,
        purpose: Purpose,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Box<dyn Session>, TrackError> {
        let session = PythonSession::open(cache, purpose, progress)?;
        Ok(Box::new(session))
    }

    fn operations(&self) -> &'static [&'static str] {
        &run::OPERATIONS
    }

    fn variants(&self, spec: &Spec, solution: &str) -> Vec<Variant> {
        variants::variants(spec, solution)
    }

    fn note(&self) -> Option<&'static str> {
        Some(NOTE)
    }

    fn api(&self) -> Option<Api> {
        Some(Api::new(ABOUT_API))
    }

    fn set_up(
        &self,
        cache: &Cache,
        program: Option<&Path>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Finding>, TrackError> {
        setup::set_up(cache, program, progress)?;
        Ok(doctor::findings(cache))
    }

    fn doctor(&self, cache: &Cache, _progress: &mut dyn FnMut(Progress)) -> Vec<Finding> {
        doctor::findings(cache)
    }
}
