//! Builds the library that every Rust answer is linked with, once per version: the teaching crate, its dependencies
//! and the driver.
//!
//! The sources are embedded in this program. They are built in a temporary folder in the cache, which is then
//! renamed, so a killed build leaves nothing that looks finished. A library that cannot be used (see `library.rs`) is
//! rebuilt.

use std::path::Path;
use std::time::Instant;

use super::integrity::{Look, Manifest};
use super::library::{self, DESCRIPTION, DRIVER, Library};
use super::linking::Linking;
use super::toolchain::Toolchain;
use super::{artifacts, cargo, error, linker, unfinished};
use crate::catalog::embedded;
use crate::files::{self, Cache, FileAction, FileError};
use crate::track::{Progress, TrackError, lock, programs};

/// Finds the library for this toolchain in the cache, or builds it.
///
/// # Errors
/// When the network, the linker or the cache is missing, or the sources do not compile.
pub(super) fn provide(
    cache: &Cache,
    toolchain: &Toolchain,
    progress: &mut dyn FnMut(Progress),
) -> Result<Library, TrackError> {
    let key = library::key(toolchain);
    let place = cache.folder().join("nnx").join(&key);
    if let Ok(library) = library::examine(&place, Look::Stamps) {
        return Ok(library);
    }
    let all = cache.folder().join("nnx");
    files::make_folder(&all)?;
    let _lock = lock::exclusive(&unfinished::lock_of(&all, &key), progress)?;
    // Another process may have built it while this one waited.
    if let Ok(library) = library::examine(&place, Look::Stamps) {
        return Ok(library);
    }
    unfinished::sweep(&all, &key);
    // Those from older versions have no key in their names; they are removed when they are old.
    cache.sweep("nnx", unfinished::PREFIX);
    let start = Instant::now();
    progress(Progress::Starts {
        what:
            "the teaching crate and ndarray, which happens once for each version of katas and Rust"
                .to_owned(),
    });
    let library = build(&place, &key, toolchain, progress)?;
    // A killed process may have left a cargo that was still writing until now.
    unfinished::sweep(&all, &key);
    progress(Progress::Done(start.elapsed()));
    Ok(library)
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
        .map_err(FileError::tag(FileAction::CreateFolderIn, parent))?;
    let folder = beside.path();
    for (name, bytes) in embedded::NNX {
        let mut bytes = bytes.to_vec();
        if *name == "Cargo.toml" {
            // Its own workspace, in case the cache is inside another one.
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
        std::fs::copy(file, deps.join(name)).map_err(FileError::tag(FileAction::Copy, file))?;
    }
    let mut library = Library {
        key: key.to_owned(),
        folder: folder.to_owned(),
        ndarray: built.file("ndarray")?,
        nnx: built.file("nnx")?,
        quick: Linking::untried(),
        strict: None,
        crates: artifacts::moved(built.crates, folder, place),
        manifest: Manifest::default(),
    };
    progress(Progress::Step("driver".to_owned()));
    cargo::compile_driver(folder, &library.externs(), toolchain)?;
    library.quick = linker::quickest(&library, toolchain)?;
    library.strict = linker::strictest(&library, toolchain)?;
    let target = folder.join("target");
    std::fs::remove_dir_all(&target).map_err(FileError::tag(FileAction::Remove, &target))?;
    for linking in std::iter::once(&mut library.quick).chain(&mut library.strict) {
        linking.program.moved(folder, place);
    }
    library.folder = place.to_owned();
    library.manifest = Manifest::of_folder(&deps, &place.join("deps"))?;
    let linkings = std::iter::once(&library.quick).chain(&library.strict);
    library.manifest.add_tools(toolchain, linkings);
    let text = serde_json::to_vec_pretty(&library).map_err(error::library)?;
    write(&folder.join(DESCRIPTION), &text)?;
    // There may be an unusable library. It is renamed first and then deleted, so that a kill at any time is safe.
    let old = parent.join(format!("{}old", unfinished::prefix(key)));
    let _ = std::fs::remove_dir_all(&old);
    if place.exists() {
        std::fs::rename(place, &old).map_err(FileError::tag(FileAction::Rename, place))?;
    }
    let folder = beside.keep();
    std::fs::rename(&folder, place).map_err(FileError::tag(FileAction::RenameTo, place))?;
    let _ = std::fs::remove_dir_all(&old);
    Ok(library)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    std::fs::write(path, bytes).map_err(FileError::tag(FileAction::Write, path))
}
