//! Answers in Rust: one file over `ndarray` and `nnx`, compiled by rustc directly against a library built once.

mod diagnostics;
mod editor;
mod glue;
mod library;
mod linker;
mod outcome;
mod program;
mod reach;
mod safety;
mod toolchain;
mod unfinished;
pub mod wire;

pub use editor::VSCODE;
pub use toolchain::{Toolchain, find as find_toolchain, on_path};

use std::path::{Path, PathBuf};

use super::{BuildRequest, Built, CaseOutcome, Program, Progress, Tools, Track, TrackError};
use crate::array::Value;
use crate::files::{self, Cache};
use crate::sandbox::{self, Job, Limits};
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
            digest: library.key,
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
        let mut outcomes = Vec::with_capacity(cases.len());
        // The limits hold for all processes together: a case that ends its own must not get the rest a fresh clock.
        let mut left = limits;
        // After a case that ended the program, the rest run in a fresh one; each round settles at least one case.
        while outcomes.len() < cases.len() {
            let rest = &cases[outcomes.len()..];
            let nonce = nonce()?;
            let job = Job {
                program: program.file.clone(),
                arguments: Vec::new(),
                environment: vec![("LC_ALL".into(), "C".into())],
                // It writes nowhere, so it needs no folder of its own.
                folder: PathBuf::from("/"),
                input: outcome::request(nonce, rest),
                limits: left,
                confinement: program.confinement.clone(),
            };
            let ended = sandbox::run(&job)?;
            left.wall = left.wall.saturating_sub(ended.wall);
            left.printed = left.printed.saturating_sub(ended.printed.len());
            left.results = left.results.saturating_sub(ended.results.len());
            outcomes.extend(outcome::read(
                &ended,
                nonce,
                rest.len(),
                limits,
                &program.shown_as,
            ));
        }
        Ok(outcomes)
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
        let failed = |error: serde_json::Error| TrackError::Library {
            says: error.to_string(),
        };
        let project = editor::project(&library, &toolchain, answers).map_err(failed)?;
        let mut written = Vec::new();
        for (file, text) in editor::files(course, project) {
            if std::fs::read(&file).ok().as_deref() != Some(text.as_slice()) {
                files::write_whole(&file, &text)?;
                written.push(file);
            }
        }
        Ok(written)
    }
}

/// A number that this run's program cannot have learnt from an earlier one.
fn nonce() -> Result<[u8; wire::NONCE], TrackError> {
    let mut nonce = [0; wire::NONCE];
    getrandom::fill(&mut nonce).map_err(|error| TrackError::Tool {
        tool: "the system's random numbers",
        says: error.to_string(),
    })?;
    Ok(nonce)
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

/// Whether the library is built for this toolchain, as a phrase.
#[must_use]
pub fn library_state(cache: &Cache, toolchain: &Toolchain) -> String {
    match library::built(cache, toolchain) {
        Some(library) => format!("built, linked {}", library.quick.name()),
        None => "not built yet; the first run does it".to_owned(),
    }
}

/// Whether an editor can look into the standard library, as a phrase.
#[must_use]
pub fn editor_state(toolchain: &Toolchain) -> String {
    if editor::standard_library(toolchain).is_some() {
        "rust-analyzer can read the standard library's sources".to_owned()
    } else {
        "`rustup component add rust-analyzer rust-src` lets editors complete the standard library too".to_owned()
    }
}
