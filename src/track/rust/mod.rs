//! Answers in Rust: one file over `ndarray` and `nnx`, compiled by rustc directly against a library built once.

mod cargo;
mod control;
mod diagnostics;
mod doctor;
mod editor;
mod error;
mod failed;
mod glue;
mod integrity;
mod library;
mod linker;
mod outcome;
mod program;
mod reach;
mod run;
mod safety;
mod toolchain;
mod unfinished;
pub mod wire;

pub use editor::VSCODE;

use std::path::{Path, PathBuf};

use super::{
    BuildRequest, Built, CaseOutcome, Finding, Program, Progress, Tools, Track, TrackError,
};
use crate::array::Value;
use crate::files::{self, Cache};
use crate::sandbox::{Job, Limits};
use crate::spec::Spec;

/// The Rust track.
#[derive(Clone, Copy, Debug)]
pub struct RustTrack;

impl Track for RustTrack {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn extension(&self) -> &'static str {
        "rs"
    }

    fn signature(&self, spec: &Spec) -> Result<String, TrackError> {
        glue::signature(spec)
    }

    fn tools(
        &self,
        cache: &Cache,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Tools, TrackError> {
        let toolchain = toolchain::find(cache)?;
        let library = library::provide(cache, &toolchain, progress)?;
        Ok(Tools {
            name: toolchain.name().to_owned(),
            digest: library.digest(),
        })
    }

    fn build(
        &self,
        request: &BuildRequest<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Built, TrackError> {
        let toolchain = toolchain::find(request.cache)?;
        let library = library::provide(request.cache, &toolchain, progress)?;
        program::build(request, &toolchain, &library)
    }

    fn run(
        &self,
        program: &Program,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError> {
        run::run(program, cases, limits)
    }

    fn help_editor(
        &self,
        course: &Path,
        answers: &[(String, PathBuf)],
        cache: &Cache,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<PathBuf>, TrackError> {
        let toolchain = toolchain::find(cache)?;
        let library = library::provide(cache, &toolchain, progress)?;
        let project = editor::project(&library, &toolchain, answers).map_err(error::library)?;
        let mut written = Vec::new();
        for (file, text) in editor::files(course, project) {
            if std::fs::read(&file).ok().as_deref() != Some(text.as_slice()) {
                files::write_whole(&file, &text)?;
                written.push(file);
            }
        }
        Ok(written)
    }

    fn doctor(&self, cache: &Cache, progress: &mut dyn FnMut(Progress)) -> Vec<Finding> {
        doctor::findings(cache, progress)
    }
}

/// Puts an answer into a folder; the job that compiles it there, as the track itself would: for measuring.
///
/// # Errors
/// When the tools are missing or the folder cannot be written.
pub fn job_to_compile(request: &BuildRequest<'_>, folder: &Path) -> Result<Job, TrackError> {
    let toolchain = toolchain::find(request.cache)?;
    let library = library::provide(request.cache, &toolchain, &mut |_| {})?;
    program::prepared(request, &toolchain, &library, folder)
}
