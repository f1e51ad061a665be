//! Builds what every Rust answer is linked with, once per version: the teaching crate, its dependencies and the driver.
//!
//! The sources are inside this program. They are built in a folder beside their place in the cache and renamed there, so
//! a build that is killed leaves nothing that looks finished. A library that moved, or of which a file changed, is built
//! anew, and so is one whose toolchain or C compiler did.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::cargo::{self, FLAGS};
use super::editor::{self, SourceCrate};
use super::error;
use super::integrity::{Found, Look, Manifest};
use super::linker::{self, Linking};
use super::program;
use super::toolchain::Toolchain;
use super::unfinished;
use crate::catalog::embedded;
use crate::digest::PartsDigest;
use crate::files::{self, Cache, FileError};
use crate::sandbox::Author;
use crate::seal::hex::encode;
use crate::track::{Progress, TrackError, programs};
use serde::{Deserialize, Serialize};

/// The driver's sources, by the names its modules look for.
const DRIVER: &[(&str, &str)] = &[
    ("lib.rs", include_str!("driver/lib.rs")),
    ("case.rs", include_str!("driver/case.rs")),
    ("instances.rs", include_str!("driver/instances.rs")),
    ("stack.rs", include_str!("driver/stack.rs")),
    ("wire.rs", include_str!("../wire.rs")),
];

/// A built library: what an answer's compilation names.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Library {
    /// The digest of the sources, flags and versions that went into it.
    pub(super) key: String,
    /// Its folder in the cache.
    pub(super) folder: PathBuf,
    /// The file of `ndarray` in `folder/deps`.
    pub(super) ndarray: String,
    /// The file of `nnx` in `folder/deps`.
    pub(super) nnx: String,
    /// How a person's own answers are linked on this machine.
    pub(super) quick: Linking,
    /// How untrusted answers are; `None` where this machine cannot make programs of one file.
    pub(super) strict: Option<Linking>,
    /// What an editor needs to know about the sources.
    pub(super) crates: Vec<SourceCrate>,
    /// Its files, and those of the toolchain and the system that answers are built with.
    pub(super) manifest: Manifest,
}

/// Why there is no library that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// None was built yet.
    Absent,
    /// It was built in another folder.
    Moved,
    /// This file or folder is gone, or is not what it was.
    Changed(PathBuf),
}

impl Library {
    /// The compiled dependencies.
    pub(super) fn dependencies(&self) -> PathBuf {
        self.folder.join("deps")
    }

    /// The digest of everything that answers are built with.
    pub(super) fn digest(&self) -> String {
        self.manifest.digest()
    }

    /// How this author's answers are linked: untrusted ones into one file, where that is possible.
    pub(super) fn linking(&self, author: Author) -> &Linking {
        match author {
            Author::Own => &self.quick,
            Author::Untrusted => self.strict.as_ref().unwrap_or(&self.quick),
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
    if let Ok(library) = examine(&place, Look::Stamps) {
        return Ok(library);
    }
    let all = cache.folder().join("nnx");
    files::make_folder(&all)?;
    let lock_path = unfinished::lock_of(&all, &key);
    let lock = std::fs::File::create(&lock_path).map_err(FileError::tag("write", &lock_path))?;
    if lock.try_lock().is_err() {
        progress(Progress::Waits);
        lock.lock().map_err(FileError::tag("lock", &lock_path))?;
    }
    // Another katas may have built it while this one waited.
    if let Ok(library) = examine(&place, Look::Stamps) {
        return Ok(library);
    }
    unfinished::sweep(&all, &key);
    // Those of older versions have no key in their names; they go when they are old.
    cache.sweep("nnx", program::UNFINISHED);
    let start = Instant::now();
    progress(Progress::Starts {
        what:
            "the teaching crate and ndarray, which happens once for each version of katas and Rust"
                .to_owned(),
    });
    let library = build(&place, &key, toolchain, progress)?;
    // A killed katas may have left a cargo that went on writing until now.
    unfinished::sweep(&all, &key);
    progress(Progress::Done(start.elapsed()));
    Ok(library)
}

/// The library for this toolchain, as it is in the cache.
pub(super) fn built(cache: &Cache, toolchain: &Toolchain, look: Look) -> Result<Library, Unusable> {
    examine(&cache.folder().join("nnx").join(key(toolchain)), look)
}

/// Looks at every file of a library that something went wrong with. If one is not what it was, the next use builds it
/// anew; says which.
pub(super) fn distrust(library: &Library) -> Option<PathBuf> {
    let Err(Unusable::Changed(file)) = examine(&library.folder, Look::Contents) else {
        return None;
    };
    let _ = std::fs::remove_file(library.folder.join(DESCRIPTION));
    Some(file)
}

/// The file that says what a library is; without it there is none.
const DESCRIPTION: &str = "library.json";

fn examine(place: &Path, look: Look) -> Result<Library, Unusable> {
    let description = place.join(DESCRIPTION);
    let text = std::fs::read(&description).map_err(|_| Unusable::Absent)?;
    let Ok(mut library) = serde_json::from_slice::<Library>(&text) else {
        return Err(Unusable::Changed(description));
    };
    // It holds its own place in many paths, some of them inside compiled files.
    let real = |folder: &Path| folder.canonicalize().ok();
    if real(&library.folder) != real(place) {
        return Err(Unusable::Moved);
    }
    match library.manifest.check(look) {
        Found::Same => {}
        Found::Changed(path) => return Err(Unusable::Changed(path)),
        Found::Restamped(manifest) => {
            library.manifest = manifest;
            // If it cannot be written, the contents are looked at again next time.
            if let Ok(text) = serde_json::to_vec_pretty(&library) {
                let _ = files::write_whole(&description, &text);
            }
        }
    }
    Ok(library)
}

fn key(toolchain: &Toolchain) -> String {
    let mut digest = PartsDigest::default();
    let mut add = |text: &[u8]| digest.add(text);
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
    for code in [
        include_str!("cargo.rs"),
        include_str!("control.rs"),
        include_str!("integrity.rs"),
        include_str!("linker.rs"),
        include_str!("reach.rs"),
    ] {
        add(code.as_bytes());
    }
    for (name, text) in DRIVER {
        add(name.as_bytes());
        add(text.as_bytes());
    }
    encode(&digest.finish()[..12])
}

fn build(
    place: &Path,
    key: &str,
    toolchain: &Toolchain,
    progress: &mut dyn FnMut(Progress),
) -> Result<Library, TrackError> {
    if programs::on_path("cc").is_none() {
        return Err(error::no_linker());
    }
    let parent = place.parent().unwrap_or(place);
    let beside = tempfile::Builder::new()
        .prefix(&unfinished::prefix(key))
        .tempdir_in(parent)
        .map_err(FileError::tag("create a folder in", parent))?;
    let folder = beside.path();
    for (name, bytes) in embedded::NNX {
        let mut bytes = bytes.to_vec();
        if *name == "Cargo.toml" {
            // A workspace of its own, whatever is above the cache.
            bytes.extend(b"\n[workspace]\n");
        }
        write(&folder.join("nnx").join(name), &bytes)?;
    }
    for (name, text) in DRIVER {
        write(&folder.join("driver").join(name), text.as_bytes())?;
    }
    let built = cargo::build(folder, toolchain, progress)?;
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
        manifest: Manifest::default(),
    };
    progress(Progress::Step("driver".to_owned()));
    cargo::compile_driver(&library, toolchain)?;
    library.quick = linker::quickest(&library, toolchain)?;
    library.strict = linker::strictest(&library, toolchain)?;
    let target = folder.join("target");
    std::fs::remove_dir_all(&target).map_err(FileError::tag("remove", &target))?;
    for linking in std::iter::once(&mut library.quick).chain(&mut library.strict) {
        linking.program.moved(folder, place);
    }
    library.folder = place.to_owned();
    library.manifest = Manifest::of_folder(&deps, &place.join("deps"))?;
    let linkings = std::iter::once(&library.quick).chain(&library.strict);
    library.manifest.add_tools(toolchain, linkings);
    let text = serde_json::to_vec_pretty(&library).map_err(error::library)?;
    write(&folder.join(DESCRIPTION), &text)?;
    // One that cannot be used may be there. Its name goes at once, its files in their time, wherever a run is killed.
    let old = parent.join(format!("{}old", unfinished::prefix(key)));
    let _ = std::fs::remove_dir_all(&old);
    if place.exists() {
        std::fs::rename(place, &old).map_err(FileError::tag("rename", place))?;
    }
    let folder = beside.keep();
    std::fs::rename(&folder, place).map_err(FileError::tag("rename to", place))?;
    let _ = std::fs::remove_dir_all(&old);
    Ok(library)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    std::fs::write(path, bytes).map_err(FileError::tag("write", path))
}
