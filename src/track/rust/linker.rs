//! How answers are linked: by the system's compiler driver, or, where it works, by the toolchain's own linker directly.
//!
//! `cc` is what rustc uses by itself. It adds some milliseconds to every answer and starts two more processes. On Linux
//! with glibc the linker that comes with the toolchain can do the same alone, once it has been told what `cc` knows. This
//! is tried once, when the library is built: a small program is linked and run, and only if it ran is the way kept.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::library::Library;
use super::toolchain::Toolchain;

/// A way of linking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Linker {
    /// rustc's own choice, through `cc`.
    Compiler,
    /// The toolchain's linker, with these arguments for rustc.
    Direct(Vec<String>),
}

impl Linker {
    /// The way in words.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Compiler => "through cc",
            Self::Direct(_) => "by the toolchain's own linker",
        }
    }

    /// The arguments for rustc, with the folders in which the program will look for its shared libraries.
    pub(super) fn arguments(&self, shared: &[PathBuf]) -> Vec<String> {
        let (mut arguments, prefix) = match self {
            Self::Compiler => (Vec::new(), "-Clink-arg=-Wl,-rpath,"),
            Self::Direct(arguments) => (arguments.clone(), "-Clink-arg=-rpath="),
        };
        arguments.extend(
            shared
                .iter()
                .map(|folder| format!("{prefix}{}", folder.display())),
        );
        arguments
    }
}

/// The quickest way that works on this machine.
pub(super) fn quickest(library: &Library, toolchain: &Toolchain) -> Linker {
    let direct = direct(toolchain).map(Linker::Direct);
    direct
        .filter(|linker| works(linker, library, toolchain).unwrap_or(false))
        .unwrap_or(Linker::Compiler)
}

/// What `cc` would have told the linker; `None` where this is not known.
fn direct(toolchain: &Toolchain) -> Option<Vec<String>> {
    let loader = match toolchain.host() {
        "x86_64-unknown-linux-gnu" => "/lib64/ld-linux-x86-64.so.2",
        "aarch64-unknown-linux-gnu" => "/lib/ld-linux-aarch64.so.1",
        _ => return None,
    };
    let linker = toolchain.libraries().parent()?.join("bin/rust-lld");
    let starts = ["Scrt1.o", "crti.o", "crtn.o"].map(of_compiler);
    let library = of_compiler("libgcc_s.so.1")?;
    if !linker.is_file() || !Path::new(loader).exists() {
        return None;
    }
    let mut arguments = vec![
        format!("-Clinker={}", linker.display()),
        "-Clinker-flavor=ld.lld".to_owned(),
        "-Clink-arg=-dynamic-linker".to_owned(),
        format!("-Clink-arg={loader}"),
        format!("-Clink-arg=-L{}", library.parent()?.display()),
    ];
    for start in starts {
        let start = start?;
        arguments.push(format!("-Clink-arg={}", start.display()));
        arguments.push(format!("-Clink-arg=-L{}", start.parent()?.display()));
    }
    // GNU ld's libgcc_s.so is a script in the compiler's own folder.
    let script = of_compiler("libgcc_s.so")?;
    arguments.push(format!("-Clink-arg=-L{}", script.parent()?.display()));
    Some(arguments)
}

/// Where the system's compiler keeps a file.
fn of_compiler(name: &str) -> Option<PathBuf> {
    let output = Command::new("cc")
        .arg(format!("-print-file-name={name}"))
        .output()
        .ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    let path = path.canonicalize().ok()?;
    path.is_absolute().then_some(path)
}

/// Links a program that uses the driver, and runs it.
fn works(linker: &Linker, library: &Library, toolchain: &Toolchain) -> Option<bool> {
    let folder = library.folder.join("target/probe");
    std::fs::create_dir_all(&folder).ok()?;
    let source = "fn main() { katas_driver::run(&mut |case| case.f32_array(0).into()); println!(\"linked\"); }";
    std::fs::write(folder.join("probe.rs"), source).ok()?;
    let shared = [library.dependencies(), toolchain.libraries()];
    let compiled = Command::new(toolchain.rustc())
        .args([
            "--edition=2024",
            "-Cprefer-dynamic",
            "-Ccodegen-units=1",
            "probe.rs",
        ])
        .args(super::program::externs(library))
        .args(linker.arguments(&shared))
        .current_dir(&folder)
        .output()
        .ok()?;
    if !compiled.status.success() {
        return Some(false);
    }
    let ran = Command::new(folder.join("probe"))
        .stdin(std::process::Stdio::null())
        .output()
        .ok()?;
    Some(ran.stdout == b"linked\n")
}
