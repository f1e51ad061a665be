//! The compiler's job: one file, the flags, and what the compiler and the resulting program may access.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use super::library::Library;
use super::linking::{Form, Linking};
use super::toolchain::Toolchain;
use crate::files::{FileAction, FileError};
use crate::sandbox::{Author, Confinement, Job, Limits, Profile};
use crate::track::programs;

/// The limits of compiling an answer. Ordinary answers take a tenth of a second.
pub(super) const LIMITS: Limits = Limits {
    wall: Duration::from_secs(20),
    processor: Duration::from_secs(10),
    memory: 1 << 30,
    // rustc maps its input files, and reserves far more than it uses.
    address: 6 << 30,
    printed: 256 * 1024,
    results: 0,
    file: 256 << 20,
};

/// The flags for compiling an answer as fast as possible. A program's bits are the same at every optimization level.
pub(super) const FLAGS: &[&str] = &[
    "--edition=2024",
    "--crate-name=katas_answer",
    "-Copt-level=0",
    "-Cdebuginfo=0",
    // The quickest way without earlier results.
    "-Ccodegen-units=1",
    "-Adead_code",
    "--error-format=json",
    "--json=diagnostic-rendered-ansi",
];

/// The name of the program.
pub(super) const PROGRAM: &str = "answer";

/// A file to compile, with everything that is needed.
pub(super) struct Compilation<'a> {
    pub(super) toolchain: &'a Toolchain,
    pub(super) library: &'a Library,
    pub(super) linking: &'a Linking,
    /// The folder of the file, where the program is also written.
    pub(super) folder: &'a Path,
    /// The file's name in it.
    pub(super) source: &'a str,
    /// Arguments in addition to the usual ones.
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
        cancel: None,
    }
}

/// The environment of the compiler and its linker. An answer can read all of it with `env!`.
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

/// The arguments that tell rustc where the library's crates are.
fn externs(library: &Library, form: Form) -> Vec<String> {
    let driver = match form {
        Form::Shared => format!("libkatas_driver{}", std::env::consts::DLL_SUFFIX),
        Form::Whole => "libkatas_driver.rlib".to_owned(),
    };
    let driver = library.dependencies().join(driver);
    let mut externs = library.externs();
    externs.push(format!("--extern=katas_driver={}", driver.display()));
    externs
}

/// What a built answer may access: the files it loads, read-only.
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

/// Makes a program executable by all users, whatever the umask: an untrusted one runs under another uid.
pub(super) fn make_executable(program: &Path) -> Result<(), FileError> {
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(program, mode).map_err(FileError::tag(FileAction::SetMode, program))
}
