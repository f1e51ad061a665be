//! Answers in Rust: one file that uses `ndarray` and `nnx`, compiled by rustc directly against a library built once.

mod artifacts;
mod build_folder;
mod builder;
mod cargo;
mod combined;
mod compilation;
mod control;
mod diagnostics;
mod doctor;
mod editor;
mod error;
mod failed;
mod glue;
mod integrity;
mod items;
mod library;
mod linker;
mod linking;
mod mutants;
mod program;
mod prune;
mod reach;
mod run;
mod safety;
mod session;
mod template;
mod toolchain;
mod trial;
mod unfinished;
mod variants;

pub use safety::UnsafeCode;

use std::path::Path;

use super::{
    Answer, Api, Combined, Finding, Mutant, Prepared, Progress, Purpose, Session, Track,
    TrackError, Variant,
};
use crate::files::Cache;
use crate::sandbox::{Confinement, Job};
use crate::spec::Spec;
use program::Program;
use session::{NAME, RustSession};

/// The Rust track.
pub const RUST: RustTrack = RustTrack {
    unsafe_code: UnsafeCode::Refused,
};

/// Answers in Rust.
#[derive(Clone, Copy, Debug)]
pub struct RustTrack {
    /// Whether an answer may contain unsafe code.
    pub unsafe_code: UnsafeCode,
}

impl Track for RustTrack {
    fn name(&self) -> &'static str {
        NAME
    }

    fn extension(&self) -> &'static str {
        "rs"
    }

    fn signature(&self, spec: &Spec) -> Result<String, TrackError> {
        glue::signature(spec)
    }

    fn open(
        &self,
        cache: &Cache,
        purpose: Purpose,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Box<dyn Session>, TrackError> {
        let session = RustSession::open(cache, purpose, self.unsafe_code, progress)?;
        Ok(Box::new(session))
    }

    fn program(&self, spec: &Spec, about: &str, message: &str) -> Result<String, TrackError> {
        template::program(spec, about, message)
    }

    fn editor_settings(&self) -> Option<(&'static str, &'static str)> {
        Some((editor::SETTINGS, editor::VSCODE))
    }

    fn api(&self) -> Option<Api> {
        Some(Api::new(include_str!("../../../nnx/API.md")))
    }

    fn operations(&self) -> &'static [&'static str] {
        super::operations::OPERATIONS
    }

    fn mutants(&self, spec: &Spec, solution: &str) -> Vec<Mutant> {
        mutants::mutants(spec, solution)
    }

    fn variants(&self, _: &Spec, solution: &str) -> Vec<Variant> {
        variants::variants(solution)
    }

    fn combined(
        &self,
        spec: &Spec,
        original: &str,
        programs: &[&str],
    ) -> Result<Option<Combined>, TrackError> {
        combined::combined(spec, original, programs).map(Some)
    }

    fn doctor(&self, cache: &Cache, progress: &mut dyn FnMut(Progress)) -> Vec<Finding> {
        doctor::findings(cache, progress)
    }
}

/// Writes an answer to a folder, and returns the job that compiles it there as in a session: for benchmarks.
///
/// # Errors
/// When the tools are missing or the folder cannot be written.
pub fn job_to_compile(
    cache: &Cache,
    purpose: Purpose,
    answer: &Answer<'_>,
    folder: &Path,
) -> Result<Job, TrackError> {
    let session = RustSession::open(cache, purpose, UnsafeCode::Refused, &mut |_| {})?;
    session.job_to_compile(answer, folder)
}

/// Removes the sandbox of a program, so that it runs only under limits: for benchmarks and tests.
///
/// # Errors
/// When another track's session created it.
pub fn without_jail(prepared: &Prepared) -> Result<Prepared, TrackError> {
    let mut program = prepared.program::<Program>()?.clone();
    program.confinement = Confinement::none();
    Ok(Prepared::new(program))
}
