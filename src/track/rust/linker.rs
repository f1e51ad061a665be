//! How answers are linked: by the system's compiler driver, or, where it works, by the toolchain's own linker directly.
//!
//! `cc` is what rustc uses by itself. It adds some milliseconds to every answer and starts two more processes. On Linux
//! with glibc the linker that comes with the toolchain can do the same alone, once it has been told what `cc` knows. This
//! is tried once, when the library is built: a small program is compiled in the same jail as an answer and run, and only
//! if it ran is the way kept.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::library::Library;
use super::program::{self, Compilation};
use super::reach::Reach;
use super::toolchain::{self, Toolchain};
use crate::sandbox::{self, End, Tool};

/// A way of linking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Linker {
    /// rustc's own choice, through `cc`.
    Compiler,
    /// The toolchain's linker, with these arguments for rustc.
    Direct(Vec<String>),
}

/// How an answer is linked, and what that takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Linking {
    /// The linker.
    pub(super) linker: Linker,
    /// Whether the program is one file, or loads the driver and the standard library.
    pub(super) form: Form,
    /// What compiling and linking have to read.
    pub(super) compiler: Reach,
    /// What the program loads.
    pub(super) program: Reach,
}

/// What a built program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Form {
    /// It loads shared libraries: quick to link.
    Shared,
    /// One file that needs no other: it can be held most strictly.
    Whole,
}

impl Linking {
    /// What stands in a library until the ways have been tried.
    pub(super) fn untried() -> Self {
        Self {
            linker: Linker::Compiler,
            form: Form::Shared,
            compiler: Reach::default(),
            program: Reach::default(),
        }
    }

    /// The way in words.
    pub(super) fn name(&self) -> &'static str {
        match self.linker {
            Linker::Compiler => "through cc",
            Linker::Direct(_) => "by the toolchain's own linker",
        }
    }

    /// The arguments for rustc, with the folders in which the program will look for its shared libraries.
    pub(super) fn arguments(&self, shared: &[PathBuf]) -> Vec<String> {
        let (mut arguments, prefix) = match &self.linker {
            Linker::Compiler => (Vec::new(), "-Clink-arg=-Wl,-rpath,"),
            Linker::Direct(arguments) => (arguments.clone(), "-Clink-arg=-rpath="),
        };
        match self.form {
            Form::Whole => {
                // Without its symbols the file is a quarter as large to write.
                let whole = ["-Ctarget-feature=+crt-static", "-Cstrip=symbols"];
                arguments.extend(whole.map(str::to_owned));
                // Many answers are linked at once: threads of one linker would only wait for those of others.
                if matches!(self.linker, Linker::Direct(_)) {
                    arguments.push("-Clink-arg=--threads=1".to_owned());
                }
            }
            Form::Shared => {
                arguments.push("-Cprefer-dynamic".to_owned());
                arguments.extend(
                    shared
                        .iter()
                        .map(|folder| format!("{prefix}{}", folder.display())),
                );
            }
        }
        arguments
    }
}

/// The quickest way that works on this machine. Where none does, the last is kept, so that an answer's error tells why.
pub(super) fn quickest(library: &Library, toolchain: &Toolchain) -> Linking {
    let mut ways = ways(Form::Shared, toolchain);
    let works = |way: &Linking| try_out(way, library, toolchain);
    if let Some(program) = ways.iter().position(|way| works(way).is_some()) {
        ways.truncate(program + 1);
    }
    let mut way = ways.remove(ways.len() - 1);
    way.program = works(&way).unwrap_or_default();
    way
}

/// The way to link programs that are one file, if this machine has what that takes.
pub(super) fn strictest(library: &Library, toolchain: &Toolchain) -> Option<Linking> {
    ways(Form::Whole, toolchain)
        .into_iter()
        .find(|way| try_out(way, library, toolchain).is_some())
}

/// What could work, the quickest first.
fn ways(form: Form, toolchain: &Toolchain) -> Vec<Linking> {
    let mut rustc = Reach::of_rustc(toolchain);
    let direct = direct(toolchain, form).map(|(arguments, folders)| {
        let mut compiler = rustc.clone();
        compiler.read.extend(folders);
        (Linker::Direct(arguments), compiler)
    });
    rustc.add(Reach::of_cc());
    let mut system = rustc.clone();
    system.add(Reach::of_system());
    direct
        .into_iter()
        .chain([(Linker::Compiler, rustc), (Linker::Compiler, system)])
        .map(|(linker, compiler)| Linking {
            linker,
            form,
            compiler: compiler.tidied(),
            program: Reach::default(),
        })
        .collect()
}

/// What `cc` would have told the linker, and the folders that are in it; `None` where this is not known.
fn direct(toolchain: &Toolchain, form: Form) -> Option<(Vec<String>, Vec<PathBuf>)> {
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
    let mut folders = Vec::new();
    for start in starts.map(of_compiler) {
        let start = start?;
        arguments.push(format!("-Clink-arg={}", start.display()));
        folders.push(start.parent()?.to_owned());
    }
    for library in libraries.map(of_compiler) {
        folders.push(library?.parent()?.to_owned());
    }
    folders.sort();
    folders.dedup();
    arguments.extend(
        folders
            .iter()
            .map(|folder| format!("-Clink-arg=-L{}", folder.display())),
    );
    Some((arguments, folders))
}

/// Where the system's compiler keeps a file.
fn of_compiler(name: &str) -> Option<PathBuf> {
    let mut cc = Command::new(toolchain::on_path("cc")?);
    let output = Tool::output(cc.arg(format!("-print-file-name={name}"))).ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    let path = path.canonicalize().ok()?;
    path.is_absolute().then_some(path)
}

/// Compiles a program that uses the driver, in an answer's jail, and runs it; says what it loaded.
fn try_out(way: &Linking, library: &Library, toolchain: &Toolchain) -> Option<Reach> {
    let folder = library.folder.join("target/probe");
    std::fs::create_dir_all(&folder).ok()?;
    let source = "fn main() { katas_driver::run(&mut |case| case.f32_array(0).into()); println!(\"linked\"); }";
    std::fs::write(folder.join("probe.rs"), source).ok()?;
    let job = program::job(&Compilation {
        toolchain,
        library,
        linking: way,
        folder: &folder,
        source: "probe.rs",
        more: Vec::new(),
    });
    let compiled = sandbox::run(&job).ok()?;
    if compiled.end != End::Exited(0) {
        return None;
    }
    let program = folder.join(program::PROGRAM);
    let reach = match way.form {
        Form::Shared => Reach::of_program(&program).tidied(),
        Form::Whole => Reach::default(),
    };
    let ran = Tool::output(&mut Command::new(&program)).ok()?;
    (ran.stdout == b"linked\n").then_some(reach)
}
