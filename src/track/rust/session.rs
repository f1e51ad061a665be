//! A session of the Rust track: the toolchain and the library, found once, and each answer compiled with them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::library::Library;
use super::program::{self, BuildRequest, Program};
use super::safety::UnsafeCode;
use super::toolchain::{self, Toolchain};
use super::{builder, editor, error, glue, run};
use crate::array::Value;
use crate::files::{self, Cache};
use crate::sandbox::{Author, Job, Limits};
use crate::track::{
    Answer, CaseOutcome, Held, Prepared, Progress, Purpose, Session, Tools, TrackError, batch,
};
use crate::verdict::Refusal;

/// The name of the track.
pub(super) const NAME: &str = "rust";

/// A session.
pub(super) struct RustSession {
    cache: Cache,
    purpose: Purpose,
    unsafe_code: UnsafeCode,
    toolchain: Toolchain,
    library: Library,
    tools: Tools,
}

impl RustSession {
    /// Finds the tools, and builds the library if necessary.
    pub(super) fn open(
        cache: &Cache,
        purpose: Purpose,
        unsafe_code: UnsafeCode,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, TrackError> {
        let toolchain = toolchain::find(cache)?;
        let library = builder::provide(cache, &toolchain, progress)?;
        Ok(Self {
            cache: cache.clone(),
            purpose,
            unsafe_code,
            tools: Tools {
                name: toolchain.name().to_owned(),
                digest: library.digest(),
            },
            toolchain,
            library,
        })
    }

    /// The library, checked again if the session is long enough for it to change.
    fn library(&self) -> Result<Cow<'_, Library>, TrackError> {
        if self.purpose == Purpose::One {
            return Ok(Cow::Borrowed(&self.library));
        }
        if toolchain::find(&self.cache)? != self.toolchain {
            return Err(error::changed());
        }
        let library = builder::provide(&self.cache, &self.toolchain, &mut |_| {})?;
        // Results of a class are cached under the digest at the session's start.
        if library.digest() != self.tools.digest {
            return Err(error::changed());
        }
        Ok(Cow::Owned(library))
    }

    /// The job that compiles an answer in a folder, where its text is put.
    pub(super) fn job_to_compile(
        &self,
        answer: &Answer<'_>,
        folder: &Path,
    ) -> Result<Job, TrackError> {
        let request = self.request(answer);
        let glue = glue::source(answer.spec)?;
        program::prepared(&request, &glue, &self.toolchain, &self.library, folder)
    }

    /// What building an answer needs to know.
    fn request<'a>(&'a self, answer: &Answer<'a>) -> BuildRequest<'a> {
        BuildRequest {
            spec: answer.spec,
            source: answer.source,
            shown_as: answer.shown_as,
            width: answer.width,
            cache: &self.cache,
            author: self.purpose.author(),
            unsafe_code: self.unsafe_code,
            edited: matches!(self.purpose, Purpose::One | Purpose::Watch),
            cancel: answer.cancel,
        }
    }
}

impl Session for RustSession {
    fn track(&self) -> &'static str {
        NAME
    }

    fn purpose(&self) -> Purpose {
        self.purpose
    }

    fn tools(&self) -> &Tools {
        &self.tools
    }

    fn held(&self) -> Held {
        self.library.linking(Author::Untrusted).form.held()
    }

    fn limits(&self) -> Limits {
        run::LIMITS
    }

    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError> {
        let library = self.library()?;
        program::build(&self.request(answer), &self.toolchain, &library)
    }

    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError> {
        batch::run(prepared.program::<Program>()?, cases, limits)
    }

    fn help_editor(
        &self,
        course: &Path,
        answers: &[(String, PathBuf)],
    ) -> Result<Vec<PathBuf>, TrackError> {
        let project = editor::project(&self.library, &self.toolchain, answers);
        let mut written = Vec::new();
        for (file, text) in editor::files(course, project.map_err(error::library)?) {
            if std::fs::read(&file).ok().as_deref() != Some(text.as_slice()) {
                files::write_whole(&file, &text)?;
                written.push(file);
            }
        }
        Ok(written)
    }
}
