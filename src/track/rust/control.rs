//! The control: a known-good answer that is built and started with the same tools when another one fails.
//!
//! The messages of a compiler, a linker or a loader do not say whose fault it is: for a truncated library, the
//! message is "no such type", and a full disk is an error like any other. So before an answer is blamed, the
//! control must succeed where the answer failed. If it fails too, the machine is at fault and nothing is judged.

use super::compilation::PROGRAM;
use super::library::{self, Library};
use super::toolchain::Toolchain;
use super::trial::{self, Depth, Trial};
use super::{error, glue, unfinished};
use crate::files::Cache;
use crate::sandbox::{Author, CancelToken};
use crate::spec::Spec;
use crate::track::TrackError;

/// A known-good answer, and how it is built.
pub(super) struct Control<'a> {
    pub(super) cache: &'a Cache,
    pub(super) toolchain: &'a Toolchain,
    pub(super) library: &'a Library,
    /// The author of the failed answer, which determines linking and confinement.
    pub(super) author: Author,
    /// The kata whose signature it has; without a kata, it is [`trial::PLAIN`].
    pub(super) spec: Option<&'a Spec>,
    /// Cancels its compilation.
    pub(super) cancel: Option<&'a CancelToken>,
}

impl Control<'_> {
    /// Checks that the tools work.
    ///
    /// # Errors
    /// When they do not, with their own message; a damaged library is rebuilt by the next run.
    pub(super) fn prove(&self, depth: Depth) -> Result<(), TrackError> {
        let Some(mut says) = self.fault(depth)? else {
            return Ok(());
        };
        if let Some(file) = library::distrust(self.library) {
            says = format!("{} was damaged or replaced; {says}", file.display());
        }
        Err(error::control(&says))
    }

    /// Builds and starts the known-good answer; returns its error if it fails.
    fn fault(&self, depth: Depth) -> Result<Option<String>, TrackError> {
        let folder = unfinished::folder(&self.cache.folder().join("answers"))?;
        let sources = match self.spec {
            None => vec![(trial::PLAIN_FILE, trial::PLAIN.to_owned())],
            Some(spec) => vec![
                (glue::FILE, glue::source(spec)?),
                (glue::ANSWER, answer(spec)?),
            ],
        };
        let files: Vec<_> = sources
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let linking = self.library.linking(self.author);
        let trial = Trial {
            toolchain: self.toolchain,
            library: self.library,
            linking,
            folder: folder.path(),
            files: &files,
            cancel: self.cancel,
        };
        match (trial.compile(depth)?, depth) {
            (None, Depth::Started) => {
                trial::start(&folder.path().join(PROGRAM), linking, self.author)
            }
            (fault, _) => Ok(fault),
        }
    }
}

/// An answer to the kata without a real body: it is compiled, linked and loaded, but never called.
fn answer(spec: &Spec) -> Result<String, TrackError> {
    let signature = glue::signature(spec)?;
    Ok(format!(
        "extern crate nnx;\nuse ndarray::Array1;\n\
         {signature} {{\n    std::hint::black_box(std::hint::black_box(1.0_f64).exp());\n    loop {{}}\n}}\n"
    ))
}
