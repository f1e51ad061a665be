//! Compiles an answer with rustc, or finds it in the cache.
//!
//! The answer's text is copied into a separate folder with the glue; the compiler runs there, so no files next to the
//! answer are read. The result, a program or errors, is cached by the digest of all inputs.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::build_folder::BuildFolder;
use super::compilation::{self, Compilation, PROGRAM};
use super::control::Control;
use super::failed::FailedCompilation;
use super::library::Library;
use super::linking::Linking;
use super::safety::UnsafeCode;
use super::toolchain::{self, Toolchain};
use super::trial::Depth;
use super::{builder, diagnostics, error, glue, prune, run, safety, unfinished};
use crate::digest;
use crate::files::{self, Cache, FileAction, FileError};
use crate::sandbox::{
    self, Author, CancelToken, Confinement, End, Job, Limits, Outcome, SandboxError,
};
use crate::seal::hex::encode;
use crate::spec::Spec;
use crate::track::batch::Start;
use crate::track::outcome::LastWords;
use crate::track::{Prepared, TrackError};
use crate::verdict::{CompilerLimit, CompilerMessage, Refusal};

/// The file name of a build's cached result, next to the program.
const RECORD: &str = "built.json";

/// The cached result of a build.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BuildInfo {
    warnings: Vec<CompilerMessage>,
    /// The digest of the program: a truncated or damaged program is rebuilt.
    digest: String,
}

/// An answer to build.
#[derive(Clone, Copy)]
pub(super) struct BuildRequest<'a> {
    /// The kata's spec.
    pub(super) spec: &'a Spec,
    /// The answer's text.
    pub(super) source: &'a str,
    /// The answer's path, as shown to the learner.
    pub(super) shown_as: &'a str,
    /// The width of the screen that messages are for.
    pub(super) width: usize,
    /// The cache.
    pub(super) cache: &'a Cache,
    /// Who wrote the answer.
    pub(super) author: Author,
    /// Whether it may contain unsafe code.
    pub(super) unsafe_code: UnsafeCode,
    /// Whether it is edited and compiled again and again.
    pub(super) edited: bool,
    /// Cancels the build.
    pub(super) cancel: Option<&'a CancelToken>,
}

/// A built answer.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// The file to run.
    pub(super) file: PathBuf,
    /// The answer's path, as shown to the learner.
    pub(super) shown_as: String,
    /// What it may access when it runs.
    pub(super) confinement: Confinement,
    /// The library that it was built with, and its digest, to check the tools again if it does not start.
    pub(super) cache: Cache,
    /// See `cache`.
    pub(super) tools: String,
    /// Cancels its runs.
    cancel: Option<CancelToken>,
    /// Protects it from cleanup while it is needed.
    _held: Option<Arc<File>>,
}

/// The messages that std prints when memory runs out, and when the stack overflows.
const LAST_WORDS: LastWords = LastWords {
    no_memory: &["memory allocation of ", "note: run with `RUST_BACKTRACE=1`"],
    no_stack: &[
        "has overflowed its stack",
        "fatal runtime error: stack overflow",
    ],
};

impl Start for Program {
    fn start(&self, request: Vec<u8>, limits: Limits) -> Result<Outcome, SandboxError> {
        run::once(
            &self.file,
            &self.confinement,
            request,
            limits,
            self.cancel.as_ref(),
        )
    }

    fn prove(&self) -> Result<(), TrackError> {
        let toolchain = toolchain::find(&self.cache)?;
        let library = builder::provide(&self.cache, &toolchain, &mut |_| {})?;
        if library.digest() != self.tools {
            return Err(error::changed());
        }
        let control = Control {
            cache: &self.cache,
            toolchain: &toolchain,
            library: &library,
            author: self.confinement.author,
            spec: None,
            cancel: self.cancel.as_ref(),
        };
        control.prove(Depth::Started)
    }

    fn forget(&self) {
        let _ = std::fs::remove_file(&self.file);
    }

    fn shown_as(&self) -> &str {
        &self.shown_as
    }

    fn last_words(&self) -> &LastWords {
        &LAST_WORDS
    }
}

/// Builds an answer, or finds it in the cache.
pub(super) fn build(
    request: &BuildRequest<'_>,
    toolchain: &Toolchain,
    library: &Library,
) -> Result<Result<Prepared, Refusal>, TrackError> {
    if request.unsafe_code == UnsafeCode::Refused
        && let Some(refusal) = safety::refusal(request.source)
    {
        return Ok(Err(refusal));
    }
    let glue = glue::source(request.spec)?;
    let linking = library.linking(request.author);
    let tools = library.digest();
    let kept = request.cache.folder().join("answers");
    let place = kept.join(digest(request, &tools, linking, &glue));
    let ready = |held: Option<File>, warnings, fresh| {
        let mut prepared = Prepared::new(Program {
            file: place.join(PROGRAM),
            shown_as: request.shown_as.to_owned(),
            confinement: compilation::confinement(linking, request.author),
            cache: request.cache.clone(),
            tools: tools.clone(),
            cancel: request.cancel.cloned(),
            _held: held.map(Arc::new),
        });
        prepared.warnings = warnings;
        prepared.fresh = fresh;
        prepared.held = linking.form.held();
        prepared
    };
    // It is protected before it is checked, so that it still exists afterward.
    let held = files::hold(&place);
    if let Some(record) = finished(&place) {
        return Ok(Ok(ready(held, record.warnings, false)));
    }
    request.cache.sweep("answers", unfinished::PREFIX);
    request.cache.sweep("scratch", "");
    let finish = |folder: BuildFolder, warnings| {
        let record = keep(folder.program(&kept)?, &place, warnings)?;
        let held = files::hold(&place);
        prune::prune(&kept);
        Ok(Ok(ready(held, record.warnings, true)))
    };
    let earlier = request
        .edited
        .then(|| BuildFolder::kept(request.cache, request.shown_as, &glue));
    let mut folder = match earlier.flatten() {
        Some(folder) => folder,
        None => BuildFolder::new(&kept)?,
    };
    let mut compiled = compile(request, &glue, toolchain, library, &folder)?;
    let is_too_much =
        |failed: &FailedCompilation| matches!(failed.limit(), Some(CompilerLimit::Messages(_)));
    if folder.is_kept() && compiled.as_ref().is_err_and(is_too_much) {
        // When it compiles incrementally, rustc reports every error, and otherwise it stops after some.
        folder = BuildFolder::new(&kept)?;
        compiled = compile(request, &glue, toolchain, library, &folder)?;
    }
    let failed = match compiled {
        Ok(warnings) => return finish(folder, warnings),
        Err(failed) => failed,
    };
    // Whatever the tools reported, the answer is at fault only if a known-good one works now.
    let control = Control {
        cache: request.cache,
        toolchain,
        library,
        author: request.author,
        spec: Some(request.spec),
        cancel: request.cancel,
    };
    if failed.names_a_place(request.shown_as) {
        control.prove(Depth::Checked)?;
        return failed.refusal(request.spec, request.source).map(Err);
    }
    control.prove(Depth::Started)?;
    if failed.limit().is_some_and(CompilerLimit::is_the_answers) {
        return failed.refusal(request.spec, request.source).map(Err);
    }
    // No error names the answer. If the machine or an earlier compilation was the cause, the problem may be over.
    folder.discard();
    let folder = BuildFolder::new(&kept)?;
    match compile(request, &glue, toolchain, library, &folder)? {
        Ok(warnings) => finish(folder, warnings),
        // On an almost full disk, the small control may pass although a larger answer does not.
        Err(_)
            if request
                .cache
                .room()
                .is_some_and(|room| room < compilation::LIMITS.file) =>
        {
            Err(error::no_room(request.cache.folder()))
        }
        Err(failed) => failed.refusal(request.spec, request.source).map(Err),
    }
}

/// Compiles an answer in a folder: its warnings, or why there is no program.
fn compile(
    request: &BuildRequest<'_>,
    glue: &str,
    toolchain: &Toolchain,
    library: &Library,
    folder: &BuildFolder,
) -> Result<Result<Vec<CompilerMessage>, FailedCompilation>, TrackError> {
    let mut job = prepared(request, glue, toolchain, library, folder.path())?;
    job.arguments
        .extend(folder.arguments().iter().map(Into::into));
    job.cancel = request.cancel.cloned();
    let mut outcome = sandbox::run(&job)?;
    if outcome.end == End::PrintedTooMuch {
        // Only errors are a reason to refuse an answer, and a right one can give any number of warnings.
        job.arguments.push("-Awarnings".into());
        outcome = sandbox::run(&job)?;
    }
    let said = diagnostics::read(&outcome.printed);
    Ok(match outcome.end {
        End::Exited(0) => Ok(said.warnings),
        _ => Err(FailedCompilation::new(said, &outcome)),
    })
}

fn digest(request: &BuildRequest<'_>, tools: &str, linking: &Linking, glue: &str) -> String {
    let flags = [
        compilation::FLAGS.join(" "),
        linking.arguments(&[]).join(" "),
    ];
    let lint = lint(request).unwrap_or_default();
    let digest = digest::of_parts([
        tools,
        glue,
        request.shown_as,
        request.source,
        &flags[0],
        &flags[1],
        lint,
    ]);
    encode(&digest[..16])
}

/// The lint against unsafe code, if the answer may not contain any.
fn lint(request: &BuildRequest<'_>) -> Option<&'static str> {
    (request.unsafe_code == UnsafeCode::Refused).then_some(safety::LINT)
}

fn finished(place: &Path) -> Option<BuildInfo> {
    let text = std::fs::read(place.join(RECORD)).ok()?;
    let record: BuildInfo = serde_json::from_slice(&text).ok()?;
    // `prune` uses the folder's modification time; if it cannot be set, this answer is only removed earlier.
    let _ = File::open(place).and_then(|folder| folder.set_modified(SystemTime::now()));
    let program = std::fs::read(place.join(PROGRAM)).ok()?;
    (encode(&Sha256::digest(&program)) == record.digest).then_some(record)
}

/// Puts an answer and its glue into a folder; returns the job that compiles them there.
pub(super) fn prepared(
    request: &BuildRequest<'_>,
    glue: &str,
    toolchain: &Toolchain,
    library: &Library,
    folder: &Path,
) -> Result<Job, TrackError> {
    for (name, text) in [(glue::FILE, glue), (glue::ANSWER, request.source)] {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(FileError::tag(FileAction::Write, &path))?;
    }
    Ok(compilation::job(&Compilation {
        toolchain,
        library,
        linking: library.linking(request.author),
        folder,
        source: glue::FILE,
        more: [
            format!("--diagnostic-width={}", request.width),
            format!("--remap-path-prefix={}={}", glue::ANSWER, request.shown_as),
        ]
        .into_iter()
        .chain(lint(request).map(str::to_owned))
        .collect(),
    }))
}

/// Moves the build to its final path atomically.
fn keep(
    beside: tempfile::TempDir,
    place: &Path,
    warnings: Vec<CompilerMessage>,
) -> Result<BuildInfo, TrackError> {
    let folder = beside.path();
    let path = folder.join(PROGRAM);
    compilation::make_executable(&path)?;
    let program = std::fs::read(&path).map_err(FileError::tag(FileAction::Read, &path))?;
    let record = BuildInfo {
        warnings,
        digest: encode(&Sha256::digest(&program)),
    };
    let text = serde_json::to_vec(&record).map_err(|error| error::tool("rustc", error))?;
    let path = folder.join(RECORD);
    std::fs::write(&path, text).map_err(FileError::tag(FileAction::Write, &path))?;
    if std::fs::rename(folder, place).is_err() {
        // The path exists: another process built the same answer at the same time, or there is a broken leftover.
        if finished(place).is_none() {
            std::fs::remove_dir_all(place).map_err(FileError::tag(FileAction::Remove, place))?;
            std::fs::rename(folder, place).map_err(FileError::tag(FileAction::RenameTo, place))?;
        }
    }
    Ok(record)
}
