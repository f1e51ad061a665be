//! Compiles an answer with rustc directly, or finds it compiled.
//!
//! The answer's text is copied into a folder of its own beside the glue; the compiler starts there, so nothing that lies
//! beside the answer is read. What came of it, a program or errors, is kept under the digest of everything that went in.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::library::Library;
use super::toolchain::Toolchain;
use super::{diagnostics, glue};
use crate::files::{self, FileError};
use crate::sandbox::{self, End, Job, Limits};
use crate::track::{BuildRequest, Built, Program, TrackError};
use crate::verdict::{CompilerMessage, Refusal};

/// What compiling an answer may use. Ordinary answers take a tenth of a second.
const LIMITS: Limits = Limits {
    wall: Duration::from_secs(20),
    processor: Duration::from_secs(20),
    memory: 6 << 30,
    printed: 256 * 1024,
    results: 0,
    file: 256 << 20,
};

/// How an answer is compiled: as fast as it goes. A program's bits are the same at every level.
const FLAGS: &[&str] = &[
    "--edition=2024",
    "--crate-name=katas_answer",
    "-Copt-level=0",
    "-Cdebuginfo=0",
    "-Ccodegen-units=1",
    "-Cprefer-dynamic",
    "-Adead_code",
    "--error-format=json",
    "--json=diagnostic-rendered-ansi",
];

/// How many built answers are kept.
const KEPT: usize = 100;

/// The names of what is kept for an answer.
const PROGRAM: &str = "answer";
const RECORD: &str = "built.json";

/// What is remembered of a build.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    warnings: Vec<CompilerMessage>,
}

pub(super) fn build(
    request: &BuildRequest<'_>,
    toolchain: &Toolchain,
    library: &Library,
) -> Result<Built, TrackError> {
    let glue = glue::source(request.spec)?;
    let kept = request.cache.folder().join("answers");
    let place = kept.join(digest(request, &library.key, &glue));
    if let Some(program) = finished(&place, request.shown_as) {
        return Ok(Built::Ready(program));
    }
    files::make_folder(&kept)?;
    let beside = tempfile::Builder::new()
        .prefix(".build-")
        .tempdir_in(&kept)
        .map_err(FileError::tag("make a folder in", &kept))?;
    let outcome = compile(request, toolchain, library, &glue, beside.path())?;
    let said = diagnostics::read(&outcome.printed);
    let clause = match outcome.end {
        End::Exited(0) => {
            let program = keep(beside, &place, request.shown_as, said.warnings)?;
            prune(&kept);
            return Ok(Built::Ready(program));
        }
        End::OutOfTime => Some(format!("took more than {} seconds", LIMITS.wall.as_secs())),
        End::PrintedTooMuch => Some(format!(
            "gave more than {} KiB of messages",
            LIMITS.printed / 1024
        )),
        End::Signalled(signal) => Some(format!("ended the compiler by signal {signal}")),
        End::Exited(_) | End::SentTooMuch => None,
    };
    if let Some(clause) = clause {
        return Ok(Built::Refused(Refusal::TooMuchForCompiler { clause }));
    }
    let wanted = glue::signature(request.spec)?;
    let function = &request.spec.function;
    let refusal = diagnostics::refusal(said, request.source, function, &wanted);
    Ok(Built::Refused(refusal))
}

/// Where the library's crates are, in rustc's words.
pub(super) fn externs(library: &Library) -> Vec<String> {
    let deps = library.dependencies();
    let shared = format!("libkatas_driver{}", std::env::consts::DLL_SUFFIX);
    vec![
        format!("-Ldependency={}", deps.display()),
        format!("--extern=nnx={}", deps.join(&library.nnx).display()),
        format!("--extern=ndarray={}", deps.join(&library.ndarray).display()),
        format!("--extern=katas_driver={}", deps.join(shared).display()),
    ]
}

fn digest(request: &BuildRequest<'_>, library: &str, glue: &str) -> String {
    let mut digest = Sha256::new();
    for part in [
        library,
        glue,
        request.shown_as,
        request.source,
        &FLAGS.join(" "),
    ] {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize()[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn finished(place: &Path, shown_as: &str) -> Option<Program> {
    let text = std::fs::read(place.join(RECORD)).ok()?;
    let record: Record = serde_json::from_slice(&text).ok()?;
    let file = place.join(PROGRAM);
    // The folder's time of change is what `prune` goes by; a failure to set it only shortens this answer's life.
    let _ = std::fs::File::open(place).and_then(|folder| folder.set_modified(SystemTime::now()));
    file.is_file().then(|| Program {
        file,
        shown_as: shown_as.to_owned(),
        warnings: record.warnings,
        fresh: false,
    })
}

fn compile(
    request: &BuildRequest<'_>,
    toolchain: &Toolchain,
    library: &Library,
    glue: &str,
    folder: &Path,
) -> Result<sandbox::Outcome, TrackError> {
    for (name, text) in [(glue::FILE, glue), (glue::ANSWER, request.source)] {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(FileError::tag("write", &path))?;
    }
    let mut arguments: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    arguments.extend(externs(library));
    let shared = [library.dependencies(), toolchain.libraries()];
    arguments.extend(library.linker.arguments(&shared));
    arguments.push(format!("--diagnostic-width={}", request.width));
    arguments.push(format!(
        "--remap-path-prefix={}={}",
        glue::ANSWER,
        request.shown_as
    ));
    arguments.push(format!("-o{PROGRAM}"));
    arguments.push(glue::FILE.to_owned());
    let job = Job {
        program: toolchain.rustc(),
        arguments: arguments.into_iter().map(Into::into).collect(),
        environment: environment(folder),
        folder: folder.to_owned(),
        input: Vec::new(),
        limits: LIMITS,
    };
    Ok(sandbox::run(&job)?)
}

/// What the compiler, and a linker it may call, need to know of the world.
fn environment(folder: &Path) -> Vec<(std::ffi::OsString, std::ffi::OsString)> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    vec![
        ("PATH".into(), path),
        ("TMPDIR".into(), folder.as_os_str().to_owned()),
        ("LC_ALL".into(), "C".into()),
    ]
}

/// Puts what was built in its place, whole.
fn keep(
    beside: tempfile::TempDir,
    place: &Path,
    shown_as: &str,
    warnings: Vec<CompilerMessage>,
) -> Result<Program, TrackError> {
    let folder = beside.path();
    for name in [glue::FILE, glue::ANSWER] {
        let path = folder.join(name);
        std::fs::remove_file(&path).map_err(FileError::tag("remove", &path))?;
    }
    let record = Record { warnings };
    let text = serde_json::to_vec(&record).map_err(|error| TrackError::Tool {
        tool: "rustc",
        says: error.to_string(),
    })?;
    let path = folder.join(RECORD);
    std::fs::write(&path, text).map_err(FileError::tag("write", &path))?;
    if std::fs::rename(folder, place).is_err() {
        // Something is there: the same answer, built by another katas at the same time, or a broken leftover.
        if finished(place, shown_as).is_none() {
            std::fs::remove_dir_all(place).map_err(FileError::tag("remove", place))?;
            std::fs::rename(folder, place).map_err(FileError::tag("rename to", place))?;
        }
    }
    Ok(Program {
        file: place.join(PROGRAM),
        shown_as: shown_as.to_owned(),
        warnings: record.warnings,
        fresh: true,
    })
}

/// Removes the answers that were not used for the longest time. Nothing depends on it, so it fails in silence.
fn prune(kept: &Path) {
    let Ok(entries) = std::fs::read_dir(kept) else {
        return;
    };
    let mut answers: Vec<(SystemTime, PathBuf)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    if answers.len() <= KEPT {
        return;
    }
    answers.sort();
    for (_, path) in &answers[..answers.len() - KEPT] {
        let _ = std::fs::remove_dir_all(path);
    }
}
