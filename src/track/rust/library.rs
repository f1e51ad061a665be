//! Builds what every Rust answer is linked with, once per version: the teaching crate, its dependencies and the driver.
//!
//! The sources are inside this program. They are built in a folder beside their place in the cache and renamed there, so
//! a build that is killed leaves nothing that looks finished. Cargo is used here and nowhere else.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::editor::{self, SourceCrate};
use super::linker::{self, Linking};
use super::program;
use super::toolchain::{self, Toolchain};
use super::unfinished;
use crate::catalog::embedded;
use crate::files::{self, Cache, FileError};
use crate::sandbox::{Author, Tool};
use crate::track::{Progress, TrackError};

/// How the library is compiled; part of its key.
///
/// `-Copt-level=s` keeps generic instances shareable with answers compiled without optimisation; level 3 would not.
const FLAGS: &[&str] = &["-Copt-level=s", "-Cdebuginfo=0", "-Ccodegen-units=4"];

/// The driver's sources, by the names its modules look for.
const DRIVER: &[(&str, &str)] = &[
    ("lib.rs", include_str!("driver/lib.rs")),
    ("case.rs", include_str!("driver/case.rs")),
    ("instances.rs", include_str!("driver/instances.rs")),
    ("stack.rs", include_str!("driver/stack.rs")),
    ("wire.rs", include_str!("wire.rs")),
];

/// A built library: what an answer's compilation names.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Library {
    /// The digest of everything that went into it.
    pub(super) key: String,
    /// Its folder in the cache.
    pub(super) folder: PathBuf,
    /// The file of `ndarray` in `folder/deps`.
    pub(super) ndarray: String,
    /// The file of `nnx` in `folder/deps`.
    pub(super) nnx: String,
    /// How a person's own answers are linked on this machine.
    pub(super) quick: Linking,
    /// How strangers' answers are; `None` where this machine cannot make programs of one file.
    pub(super) strict: Option<Linking>,
    /// What an editor needs to know about the sources.
    pub(super) crates: Vec<SourceCrate>,
}

impl Library {
    /// The compiled dependencies.
    pub(super) fn dependencies(&self) -> PathBuf {
        self.folder.join("deps")
    }

    /// How this author's answers are linked: strangers' into one file, where that is possible.
    pub(super) fn linking(&self, author: Author) -> &Linking {
        match author {
            Author::Own => &self.quick,
            Author::Stranger => self.strict.as_ref().unwrap_or(&self.quick),
        }
    }
}

/// Finds the library for this toolchain in the cache, or builds it.
///
/// # Errors
/// When the network, the linker or the cache is missing, or the sources do not compile.
pub(super) fn provide(
    cache: &Cache,
    toolchain: &Toolchain,
    progress: &mut dyn FnMut(Progress),
) -> Result<Library, TrackError> {
    let key = key(toolchain);
    let place = cache.folder().join("nnx").join(&key);
    if let Some(library) = finished(&place) {
        return Ok(library);
    }
    let all = cache.folder().join("nnx");
    files::make_folder(&all)?;
    let lock_path = unfinished::lock_of(&all, &key);
    let lock = std::fs::File::create(&lock_path).map_err(FileError::tag("write", &lock_path))?;
    if lock.try_lock().is_err() {
        progress(Progress::LibraryWaits);
        lock.lock().map_err(FileError::tag("lock", &lock_path))?;
    }
    // Another katas may have built it while this one waited.
    if let Some(library) = finished(&place) {
        return Ok(library);
    }
    unfinished::sweep(&all, &key);
    // Those of older versions have no key in their names; they go when they are old.
    cache.sweep("nnx", program::UNFINISHED);
    let start = Instant::now();
    progress(Progress::LibraryStarts);
    let library = build(&place, &key, toolchain, progress)?;
    // A killed katas may have left a cargo that went on writing until now.
    unfinished::sweep(&all, &key);
    progress(Progress::LibraryDone(start.elapsed()));
    Ok(library)
}

/// The library for this toolchain, if it is in the cache.
pub(super) fn built(cache: &Cache, toolchain: &Toolchain) -> Option<Library> {
    finished(&cache.folder().join("nnx").join(key(toolchain)))
}

fn finished(place: &Path) -> Option<Library> {
    let text = std::fs::read(place.join("library.json")).ok()?;
    serde_json::from_slice(&text).ok()
}

fn key(toolchain: &Toolchain) -> String {
    let mut digest = Sha256::new();
    let mut add = |text: &[u8]| {
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(toolchain.version.as_bytes());
    add(toolchain.sysroot.as_os_str().as_encoded_bytes());
    for flag in FLAGS {
        add(flag.as_bytes());
    }
    for (name, bytes) in embedded::NNX {
        add(name.as_bytes());
        add(bytes);
    }
    // What was found out about this machine is kept with the library, and is only as good as the code that found it.
    for code in [include_str!("linker.rs"), include_str!("reach.rs")] {
        add(code.as_bytes());
    }
    for (name, text) in DRIVER {
        add(name.as_bytes());
        add(text.as_bytes());
    }
    digest.finalize()[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn build(
    place: &Path,
    key: &str,
    toolchain: &Toolchain,
    progress: &mut dyn FnMut(Progress),
) -> Result<Library, TrackError> {
    if toolchain::on_path("cc").is_none() {
        return Err(TrackError::NoLinker);
    }
    let parent = place.parent().unwrap_or(place);
    let beside = tempfile::Builder::new()
        .prefix(&unfinished::prefix(key))
        .tempdir_in(parent)
        .map_err(FileError::tag("make a folder in", parent))?;
    let folder = beside.path();
    for (name, bytes) in embedded::NNX {
        let mut bytes = bytes.to_vec();
        if *name == "Cargo.toml" {
            // A workspace of its own, whatever lies above the cache.
            bytes.extend(b"\n[workspace]\n");
        }
        write(&folder.join("nnx").join(name), &bytes)?;
    }
    for (name, text) in DRIVER {
        write(&folder.join("driver").join(name), text.as_bytes())?;
    }
    let built = cargo(folder, toolchain, progress)?;
    let deps = folder.join("deps");
    files::make_folder(&deps)?;
    for file in &built.libraries {
        let name = file.file_name().unwrap_or_default();
        std::fs::copy(file, deps.join(name)).map_err(FileError::tag("copy", file))?;
    }
    let mut library = Library {
        key: key.to_owned(),
        folder: folder.to_owned(),
        ndarray: built.file("ndarray")?,
        nnx: built.file("nnx")?,
        quick: Linking::untried(),
        strict: None,
        crates: editor::moved(built.crates, folder, place),
    };
    progress(Progress::LibraryStep("driver".to_owned()));
    compile_driver(&library, toolchain)?;
    library.quick = linker::quickest(&library, toolchain);
    library.strict = linker::strictest(&library, toolchain);
    let target = folder.join("target");
    std::fs::remove_dir_all(&target).map_err(FileError::tag("remove", &target))?;
    for linking in std::iter::once(&mut library.quick).chain(&mut library.strict) {
        linking.program.moved(folder, place);
    }
    library.folder = place.to_owned();
    let text = serde_json::to_vec_pretty(&library).map_err(|error| TrackError::Library {
        says: error.to_string(),
    })?;
    write(&folder.join("library.json"), &text)?;
    if place.exists() {
        // Only a broken one is left here: a finished one was found before.
        std::fs::remove_dir_all(place).map_err(FileError::tag("remove", place))?;
    }
    let folder = beside.keep();
    std::fs::rename(&folder, place).map_err(FileError::tag("rename to", place))?;
    Ok(library)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    std::fs::write(path, bytes).map_err(FileError::tag("write", path))
}

/// What cargo made.
struct Built {
    libraries: Vec<PathBuf>,
    crates: Vec<SourceCrate>,
}

impl Built {
    fn file(&self, name: &str) -> Result<String, TrackError> {
        // Dependencies carry a digest in their names; the package that was asked for does not.
        let (start, whole) = (format!("lib{name}-"), format!("lib{name}.rlib"));
        let names = self
            .libraries
            .iter()
            .filter_map(|file| file.file_name()?.to_str());
        let mut found = names.filter(|file| file.starts_with(&start) || **file == whole);
        found
            .next()
            .map(str::to_owned)
            .ok_or_else(|| TrackError::Library {
                says: format!("cargo built no library called {name}"),
            })
    }
}

/// Runs cargo on the teaching crate with nothing of the user's own flags or settings that could change its bits.
fn cargo(
    folder: &Path,
    toolchain: &Toolchain,
    progress: &mut dyn FnMut(Progress),
) -> Result<Built, TrackError> {
    let failed = |error: std::io::Error| TrackError::Tool {
        tool: "cargo",
        says: error.to_string(),
    };
    let mut command = Command::new(toolchain.cargo());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let ours = [
            "CARGO_HOME",
            "CARGO_HTTP_",
            "CARGO_NET_",
            "CARGO_REGISTR",
            "CARGO_SOURCE_",
        ];
        let settings =
            name.starts_with("CARGO") || name.starts_with("RUSTC") || name.starts_with("RUSTDOC");
        if settings && !ours.iter().any(|kept| name.starts_with(kept)) {
            command.env_remove(&name);
        }
    }
    command
        .args([
            "build",
            "--release",
            "--lib",
            "--locked",
            "--message-format=json",
        ])
        .current_dir(folder.join("nnx"))
        .env("RUSTFLAGS", FLAGS.join(" "))
        .env("RUSTC", toolchain.rustc())
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    let mut tool = Tool::start(&mut command).map_err(failed)?;
    let (stdout, stderr) = tool.pipes();
    let mut built = Built {
        libraries: Vec::new(),
        crates: Vec::new(),
    };
    let said = std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut text = String::new();
            if let Some(mut stderr) = stderr {
                let _ = stderr.read_to_string(&mut text);
            }
            text
        });
        for line in stdout
            .into_iter()
            .flat_map(|out| BufReader::new(out).lines())
        {
            let Ok(line) = line else { break };
            if let Some(message) = editor::CargoMessage::parse(&line) {
                if let Some(name) = message.crate_name() {
                    progress(Progress::LibraryStep(name.to_owned()));
                }
                built.libraries.extend(message.libraries());
                message.record(&mut built.crates);
            }
        }
        reader.join().unwrap_or_default()
    });
    let status = tool.wait().map_err(failed)?;
    if status.success() {
        Ok(built)
    } else {
        Err(why_cargo_failed(&said))
    }
}

fn why_cargo_failed(said: &str) -> TrackError {
    let says = said.trim().to_owned();
    let network = [
        "failed to download",
        "Could not resolve host",
        "failed to fetch",
        "Unable to update",
        "using offline mode",
    ];
    if network.iter().any(|sign| says.contains(sign)) {
        TrackError::NoNetwork { says }
    } else if says.contains("linker `cc` not found") {
        TrackError::NoLinker
    } else {
        TrackError::Library { says }
    }
}

/// Compiles the driver as a shared library, for quick links, and as a static one, for programs that need nothing else.
fn compile_driver(library: &Library, toolchain: &Toolchain) -> Result<(), TrackError> {
    let deps = library.dependencies();
    let mut command = Command::new(toolchain.rustc());
    command
        .args([
            "--crate-name=katas_driver",
            "--edition=2024",
            "--cap-lints=allow",
        ])
        .args([
            "--crate-type=dylib",
            "--crate-type=rlib",
            "-Cprefer-dynamic",
        ])
        .args(FLAGS)
        .arg("-L")
        .arg(format!("dependency={}", deps.display()))
        .arg(format!(
            "--extern=nnx={}",
            deps.join(&library.nnx).display()
        ))
        .arg(format!(
            "--extern=ndarray={}",
            deps.join(&library.ndarray).display()
        ))
        .arg("--out-dir")
        .arg(&deps)
        .arg("lib.rs")
        .current_dir(library.folder.join("driver"))
        .env_remove("RUSTFLAGS");
    let output = Tool::output(&mut command).map_err(|error| TrackError::Tool {
        tool: "rustc",
        says: error.to_string(),
    })?;
    if output.status.success() {
        Ok(())
    } else {
        Err(TrackError::Library {
            says: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }
}
