//! Compiles an answer with rustc directly, or finds it compiled.
//!
//! The answer's text is copied into a folder of its own beside the glue; the compiler starts there, so nothing that is
//! beside the answer is read. The result, a program or errors, is kept under the digest of everything that went in.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::control::{Control, Depth};
use super::failed::Failed;
use super::library::Library;
use super::linker::{Form, Linking};
use super::toolchain::Toolchain;
use super::{UnsafeCode, diagnostics, error, glue, prune, safety};
use crate::digest;
use crate::files::{self, Cache, FileError};
use crate::sandbox::{self, Author, Confinement, End, Job, Limits, Profile};
use crate::seal::hex::encode;
use crate::spec::Spec;
use crate::track::{Prepared, TrackError, programs};
use crate::verdict::{CompilerLimit, CompilerMessage, Refusal};

/// What compiling an answer may use. Ordinary answers take a tenth of a second.
pub(super) const LIMITS: Limits = Limits {
    wall: Duration::from_secs(20),
    processor: Duration::from_secs(10),
    memory: 1 << 30,
    // rustc maps what it reads, and reserves far more than it uses.
    address: 6 << 30,
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
    "-Adead_code",
    "--error-format=json",
    "--json=diagnostic-rendered-ansi",
];

/// What a folder is called while an answer is built in it.
pub(super) const UNFINISHED: &str = ".build-";

/// The names of what is kept for an answer.
pub(super) const PROGRAM: &str = "answer";
const RECORD: &str = "built.json";

/// What is remembered of a build.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    warnings: Vec<CompilerMessage>,
    /// The digest of the program: one that was cut off or damaged is built again.
    digest: String,
}

/// An answer to build.
#[derive(Clone, Copy)]
pub(super) struct BuildRequest<'a> {
    /// What the kata wants.
    pub(super) spec: &'a Spec,
    /// The answer's text.
    pub(super) source: &'a str,
    /// The answer's file as the learner knows it.
    pub(super) shown_as: &'a str,
    /// The width of the screen that messages are for.
    pub(super) width: usize,
    /// Where built things are kept.
    pub(super) cache: &'a Cache,
    /// Who wrote the answer.
    pub(super) author: Author,
    /// Whether it may hold unsafe code.
    pub(super) unsafe_code: UnsafeCode,
}

/// A built answer.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// The file to run.
    pub(super) file: PathBuf,
    /// The answer's file as the learner knows it.
    pub(super) shown_as: String,
    /// What it may reach when it runs.
    pub(super) confinement: Confinement,
    /// Where it was built, and the digest of what it was built with: to try the tools again if it does not start.
    pub(super) cache: Cache,
    /// See `cache`.
    pub(super) tools: String,
    /// Keeps it from being tidied away while it is needed.
    _held: Option<Arc<std::fs::File>>,
}

/// Builds an answer, or finds it built.
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
    let ready = |warnings, fresh| {
        let mut prepared = Prepared::new(Program {
            file: place.join(PROGRAM),
            shown_as: request.shown_as.to_owned(),
            confinement: confinement(linking, request.author),
            cache: request.cache.clone(),
            tools: tools.clone(),
            _held: files::hold(&place).map(Arc::new),
        });
        prepared.warnings = warnings;
        prepared.fresh = fresh;
        prepared.held = linking.form.held();
        prepared
    };
    // Held before it is looked at, so that it is still there afterwards.
    let _held = files::hold(&place);
    if let Some(record) = finished(&place) {
        return Ok(Ok(ready(record.warnings, false)));
    }
    request.cache.sweep("answers", UNFINISHED);
    request.cache.sweep("scratch", "");
    let finish = |folder, warnings| {
        let record = keep(folder, &place, warnings)?;
        prune::prune(&kept);
        Ok(Ok(ready(record.warnings, true)))
    };
    let folder = unfinished(&kept)?;
    let failed = match compile(request, toolchain, library, folder.path())? {
        Ok(warnings) => return finish(folder, warnings),
        Err(failed) => failed,
    };
    // Whatever the tools said: it is about the answer only if a known-good one fares better now.
    let control = Control {
        cache: request.cache,
        toolchain,
        library,
        author: request.author,
        spec: Some(request.spec),
    };
    if failed.names_a_place(request.shown_as) {
        control.prove(Depth::Checked)?;
        return failed.refusal(request).map(Err);
    }
    control.prove(Depth::Started)?;
    if failed.limit().is_some_and(CompilerLimit::is_the_answers) {
        return failed.refusal(request).map(Err);
    }
    // Nothing names the answer. If it was the machine, it may have passed.
    let folder = unfinished(&kept)?;
    match compile(request, toolchain, library, folder.path())? {
        Ok(warnings) => finish(folder, warnings),
        // On a disk that is almost full the small control passes and a larger answer does not.
        Err(_) if request.cache.room().is_some_and(|room| room < LIMITS.file) => {
            Err(error::no_room(request.cache.folder()))
        }
        Err(failed) => failed.refusal(request).map(Err),
    }
}

/// Makes a folder to build in, beside the places of what is kept.
pub(super) fn unfinished(kept: &Path) -> Result<tempfile::TempDir, FileError> {
    files::make_folder(kept)?;
    let made = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(kept);
    made.map_err(FileError::tag("create a folder in", kept))
}

/// Compiles an answer in a folder: its warnings, or why there is no program.
fn compile(
    request: &BuildRequest<'_>,
    toolchain: &Toolchain,
    library: &Library,
    folder: &Path,
) -> Result<Result<Vec<CompilerMessage>, Failed>, TrackError> {
    let mut job = prepared(request, toolchain, library, folder)?;
    let mut outcome = sandbox::run(&job)?;
    if outcome.end == End::PrintedTooMuch {
        // Only errors are a reason to refuse an answer, and a right one can give any number of warnings.
        job.arguments.push("-Awarnings".into());
        outcome = sandbox::run(&job)?;
    }
    let said = diagnostics::read(&outcome.printed);
    Ok(match outcome.end {
        End::Exited(0) => Ok(said.warnings),
        _ => Err(Failed::new(said, &outcome)),
    })
}

/// What a built answer may reach: the files it loads, and nothing to write.
pub(super) fn confinement(linking: &Linking, author: Author) -> Confinement {
    Confinement {
        profile: match linking.form {
            Form::Whole => Profile::Program,
            Form::Shared => Profile::LinkedProgram,
        },
        author,
        read: linking.program.read.clone(),
        look_up: Vec::new(),
        execute: linking.program.execute.clone(),
        write: None,
    }
}

/// Where the library's crates are, in rustc's words.
fn externs(library: &Library, form: Form) -> Vec<String> {
    let deps = library.dependencies();
    let driver = match form {
        Form::Shared => format!("libkatas_driver{}", std::env::consts::DLL_SUFFIX),
        Form::Whole => "libkatas_driver.rlib".to_owned(),
    };
    vec![
        format!("-Ldependency={}", deps.display()),
        format!("--extern=nnx={}", deps.join(&library.nnx).display()),
        format!("--extern=ndarray={}", deps.join(&library.ndarray).display()),
        format!("--extern=katas_driver={}", deps.join(driver).display()),
    ]
}

fn digest(request: &BuildRequest<'_>, tools: &str, linking: &Linking, glue: &str) -> String {
    let flags = [FLAGS.join(" "), linking.arguments(&[]).join(" ")];
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

/// The lint against unsafe code, where the answer may hold none.
fn lint(request: &BuildRequest<'_>) -> Option<&'static str> {
    (request.unsafe_code == UnsafeCode::Refused).then_some(safety::LINT)
}

fn finished(place: &Path) -> Option<Record> {
    let text = std::fs::read(place.join(RECORD)).ok()?;
    let record: Record = serde_json::from_slice(&text).ok()?;
    // The folder's time of change is what `prune` goes by; a failure to set it only shortens this answer's life.
    let _ = std::fs::File::open(place).and_then(|folder| folder.set_modified(SystemTime::now()));
    let program = std::fs::read(place.join(PROGRAM)).ok()?;
    (encode(&Sha256::digest(&program)) == record.digest).then_some(record)
}

/// Puts an answer and its glue into a folder; the job that compiles them there.
pub(super) fn prepared(
    request: &BuildRequest<'_>,
    toolchain: &Toolchain,
    library: &Library,
    folder: &Path,
) -> Result<Job, TrackError> {
    let glue = glue::source(request.spec)?;
    for (name, text) in [(glue::FILE, glue.as_str()), (glue::ANSWER, request.source)] {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(FileError::tag("write", &path))?;
    }
    Ok(job(&Compilation {
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

/// A file to compile, and everything that takes.
pub(super) struct Compilation<'a> {
    pub(super) toolchain: &'a Toolchain,
    pub(super) library: &'a Library,
    pub(super) linking: &'a Linking,
    /// The folder that holds the file, where the program goes too.
    pub(super) folder: &'a Path,
    /// The file's name in it.
    pub(super) source: &'a str,
    /// Arguments besides the usual ones.
    pub(super) more: Vec<String>,
}

/// The compiler's job: it reads the toolchain, the library and this one folder, and writes only there.
pub(super) fn job(compilation: &Compilation<'_>) -> Job {
    let Compilation {
        toolchain,
        library,
        linking,
        folder,
        ..
    } = compilation;
    let mut arguments: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    arguments.extend(externs(library, linking.form));
    let shared = [library.dependencies(), toolchain.libraries()];
    arguments.extend(linking.arguments(&shared));
    arguments.extend(compilation.more.iter().cloned());
    arguments.push(format!("-o{PROGRAM}"));
    arguments.push(compilation.source.to_owned());
    let mut read = linking.compiler.read.clone();
    read.push(library.dependencies());
    Job {
        program: toolchain.rustc(),
        arguments: arguments.into_iter().map(Into::into).collect(),
        environment: environment(folder),
        folder: folder.to_path_buf(),
        input: Vec::new(),
        limits: LIMITS,
        confinement: Confinement {
            profile: Profile::Compiler,
            author: Author::Own,
            read,
            look_up: Vec::new(),
            execute: linking.compiler.execute.clone(),
            write: Some(folder.to_path_buf()),
        },
    }
}

/// What the compiler, and a linker it may call, need to know of the world. An answer can read all of it with `env!`.
fn environment(folder: &Path) -> Vec<(std::ffi::OsString, std::ffi::OsString)> {
    let cc = programs::on_path("cc");
    let folders = cc.as_deref().and_then(Path::parent).into_iter();
    let folders = folders.chain(["/usr/bin", "/bin"].map(Path::new));
    vec![
        (
            "PATH".into(),
            std::env::join_paths(folders).unwrap_or_default(),
        ),
        ("TMPDIR".into(), folder.as_os_str().to_owned()),
        ("LC_ALL".into(), "C".into()),
    ]
}

/// Lets anyone execute a program: one that runs as nobody is executed as nobody too, whatever the umask was.
pub(super) fn make_executable(program: &Path) -> Result<(), FileError> {
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(program, mode).map_err(FileError::tag("set the mode of", program))
}

/// Puts what was built in its place, whole.
fn keep(
    beside: tempfile::TempDir,
    place: &Path,
    warnings: Vec<CompilerMessage>,
) -> Result<Record, TrackError> {
    let folder = beside.path();
    for name in [glue::FILE, glue::ANSWER] {
        let path = folder.join(name);
        std::fs::remove_file(&path).map_err(FileError::tag("remove", &path))?;
    }
    let path = folder.join(PROGRAM);
    make_executable(&path)?;
    let program = std::fs::read(&path).map_err(FileError::tag("read", &path))?;
    let record = Record {
        warnings,
        digest: encode(&Sha256::digest(&program)),
    };
    let text = serde_json::to_vec(&record).map_err(|error| error::tool("rustc", error))?;
    let path = folder.join(RECORD);
    std::fs::write(&path, text).map_err(FileError::tag("write", &path))?;
    if std::fs::rename(folder, place).is_err() {
        // Something is there: the same answer, built by another katas at the same time, or a broken leftover.
        if finished(place).is_none() {
            std::fs::remove_dir_all(place).map_err(FileError::tag("remove", place))?;
            std::fs::rename(folder, place).map_err(FileError::tag("rename to", place))?;
        }
    }
    Ok(record)
}
