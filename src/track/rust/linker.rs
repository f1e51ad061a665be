//! How answers are linked: by the system's compiler driver or, if this works, directly by the toolchain's own linker.
//!
//! `cc` is what rustc uses by default. It adds some milliseconds to every answer and starts two more processes. On
//! Linux with glibc, the linker that comes with the toolchain can do the same alone, given the settings of `cc`.
//! This is tried once, when the library is built: a small program is compiled in the same sandbox as an answer and
//! run, and the method is used only if this works.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::compilation::PROGRAM;
use super::error;
use super::library::Library;
use super::linking::{Form, Linker, Linking};
use super::reach::Reach;
use super::toolchain::Toolchain;
use super::trial::{self, Depth, Trial};
use crate::files;
use crate::sandbox::{Author, Tool};
use crate::track::{TrackError, programs};

/// The fastest method that works on this machine.
///
/// # Errors
/// When none does, with the last error.
pub(super) fn quickest(library: &Library, toolchain: &Toolchain) -> Result<Linking, TrackError> {
    let mut says = String::new();
    for mut way in ways(Form::Shared, toolchain) {
        match try_out(&way, library, toolchain)? {
            Ok(program) => {
                way.program = program;
                return Ok(way);
            }
            Err(fault) => says = fault,
        }
    }
    Err(error::library(format!(
        "a program that uses the teaching crate cannot be linked and started: {says}"
    )))
}

/// The method for linking static binaries, if this machine supports it.
pub(super) fn strictest(
    library: &Library,
    toolchain: &Toolchain,
) -> Result<Option<Linking>, TrackError> {
    for way in ways(Form::Whole, toolchain) {
        if try_out(&way, library, toolchain)?.is_ok() {
            return Ok(Some(way));
        }
    }
    Ok(None)
}

/// The candidates, the fastest first.
fn ways(form: Form, toolchain: &Toolchain) -> Vec<Linking> {
    let mut rustc = Reach::of_rustc(toolchain);
    let direct = direct(toolchain, form).map(|direct| {
        let mut compiler = rustc.clone();
        compiler.read.extend(direct.folders);
        (Linker::Direct(direct.arguments), compiler, direct.inputs)
    });
    rustc.add(Reach::of_cc());
    let mut system = rustc.clone();
    system.add(Reach::of_system());
    direct
        .into_iter()
        .chain([rustc, system].map(|compiler| (Linker::Compiler, compiler, Vec::new())))
        .map(|(linker, compiler, inputs)| Linking {
            linker,
            form,
            compiler: compiler.tidied(),
            program: Reach::default(),
            inputs,
        })
        .collect()
}

/// The arguments that `cc` would pass to the linker.
struct Direct {
    /// As arguments for rustc.
    arguments: Vec<String>,
    /// The folders that are named in them.
    folders: Vec<PathBuf>,
    /// The files that `cc` named.
    inputs: Vec<PathBuf>,
}

/// Asks `cc` for its arguments to the linker; `None` if they cannot be determined.
fn direct(toolchain: &Toolchain, form: Form) -> Option<Direct> {
    let loader = match toolchain.host() {
        "x86_64-unknown-linux-gnu" => "/lib64/ld-linux-x86-64.so.2",
        "aarch64-unknown-linux-gnu" => "/lib/ld-linux-aarch64.so.1",
        _ => return None,
    };
    let linker = toolchain.libraries().parent()?.join("bin/rust-lld");
    if !linker.is_file() || !Path::new(loader).exists() {
        return None;
    }
    let (starts, libraries) = match form {
        // GNU ld's libgcc_s.so is a script in the compiler's own folder.
        Form::Shared => (
            ["Scrt1.o", "crti.o", "crtn.o"],
            ["libgcc_s.so.1", "libgcc_s.so", "libc.so"],
        ),
        Form::Whole => (
            ["rcrt1.o", "crti.o", "crtn.o"],
            ["libc.a", "libgcc.a", "libgcc_eh.a"],
        ),
    };
    let mut arguments = vec![
        format!("-Clinker={}", linker.display()),
        "-Clinker-flavor=ld.lld".to_owned(),
    ];
    if form == Form::Shared {
        arguments.push("-Clink-arg=-dynamic-linker".to_owned());
        arguments.push(format!("-Clink-arg={loader}"));
    }
    let mut inputs = Vec::new();
    for start in starts.map(of_compiler) {
        let start = start?;
        arguments.push(format!("-Clink-arg={}", start.display()));
        inputs.push(start);
    }
    for library in libraries.map(of_compiler) {
        inputs.push(library?);
    }
    let mut folders = Vec::new();
    for input in &inputs {
        folders.push(input.parent()?.to_owned());
    }
    folders.sort();
    folders.dedup();
    arguments.extend(
        folders
            .iter()
            .map(|folder| format!("-Clink-arg=-L{}", folder.display())),
    );
    Some(Direct {
        arguments,
        folders,
        inputs,
    })
}

/// The path of a file of the system's compiler.
fn of_compiler(name: &str) -> Option<PathBuf> {
    let mut cc = Command::new(programs::on_path("cc")?);
    let output = Tool::output(cc.arg(format!("-print-file-name={name}"))).ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    let path = path.canonicalize().ok()?;
    path.is_absolute().then_some(path)
}

/// Compiles the known-good program in an answer's sandbox and starts it in one; returns what it loaded, or the error.
fn try_out(
    way: &Linking,
    library: &Library,
    toolchain: &Toolchain,
) -> Result<Result<Reach, String>, TrackError> {
    let folder = library.folder.join("target/probe");
    files::make_folder(&folder)?;
    let trial = Trial {
        toolchain,
        library,
        linking: way,
        folder: &folder,
        files: &[(trial::PLAIN_FILE, trial::PLAIN)],
        cancel: None,
    };
    if let Some(fault) = trial.compile(Depth::Started)? {
        return Ok(Err(fault));
    }
    let mut way = way.clone();
    let author = match way.form {
        Form::Shared => Author::Own,
        Form::Whole => Author::Untrusted,
    };
    let program = folder.join(PROGRAM);
    if way.form == Form::Shared {
        way.program = Reach::of_program(&program).tidied();
    }
    let fault = trial::start(&program, &way, author)?;
    Ok(fault.map_or(Ok(way.program), Err))
}
