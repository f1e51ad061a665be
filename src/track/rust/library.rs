//! The library that every Rust answer is linked with, as it is in the cache: the teaching crate, its dependencies and
//! the driver. `builder` creates it.
//!
//! A library is not used if it was moved, or if one of its files, the toolchain or the C compiler has changed.

use std::path::{Path, PathBuf};

use super::artifacts::SourceCrate;
use super::cargo::FLAGS;
use super::integrity::{Comparison, Look, Manifest};
use super::linking::Linking;
use super::toolchain::Toolchain;
use crate::catalog::embedded;
use crate::digest::PartsDigest;
use crate::files::{self, Cache};
use crate::sandbox::Author;
use crate::seal::hex::encode;
use serde::{Deserialize, Serialize};

/// The driver's sources, by the names its modules look for.
pub(super) const DRIVER: &[(&str, &str)] = &[
    ("lib.rs", include_str!("driver/lib.rs")),
    ("case.rs", include_str!("driver/case.rs")),
    ("instances.rs", include_str!("driver/instances.rs")),
    ("stack.rs", include_str!("driver/stack.rs")),
    ("wire.rs", include_str!("../wire.rs")),
];

/// A built library.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Library {
    /// The digest of the sources, flags and versions that it was built from.
    pub(super) key: String,
    /// Its folder in the cache.
    pub(super) folder: PathBuf,
    /// The file of `ndarray` in `folder/deps`.
    pub(super) ndarray: String,
    /// The file of `nnx` in `folder/deps`.
    pub(super) nnx: String,
    /// How a person's own answers are linked on this machine.
    pub(super) quick: Linking,
    /// How untrusted answers are linked; `None` if this machine cannot build static binaries.
    pub(super) strict: Option<Linking>,
    /// The crates, for editors.
    pub(super) crates: Vec<SourceCrate>,
    /// Its files, and the files of the toolchain and the system that answers are built with.
    pub(super) manifest: Manifest,
}

/// Why there is no usable library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// It has not been built yet.
    Absent,
    /// It was built in a different folder.
    Moved,
    /// This file or folder is missing or has changed.
    Changed(PathBuf),
}

impl Library {
    /// The compiled dependencies.
    pub(super) fn dependencies(&self) -> PathBuf {
        self.folder.join("deps")
    }

    /// The arguments that name `nnx` and `ndarray` to the compiler.
    pub(super) fn externs(&self) -> Vec<String> {
        let deps = self.dependencies();
        vec![
            format!("-Ldependency={}", deps.display()),
            format!("--extern=nnx={}", deps.join(&self.nnx).display()),
            format!("--extern=ndarray={}", deps.join(&self.ndarray).display()),
        ]
    }

    /// The digest of everything that answers are built with.
    pub(super) fn digest(&self) -> String {
        self.manifest.digest()
    }

    /// How answers of this author are linked: untrusted ones as static binaries, if possible.
    pub(super) fn linking(&self, author: Author) -> &Linking {
        match author {
            Author::Own => &self.quick,
            Author::Untrusted => self.strict.as_ref().unwrap_or(&self.quick),
        }
    }
}

/// The library for this toolchain, as it is in the cache.
pub(super) fn built(cache: &Cache, toolchain: &Toolchain, look: Look) -> Result<Library, Unusable> {
    examine(&cache.folder().join("nnx").join(key(toolchain)), look)
}

/// Checks every file of a library after a failure. If one has changed, the next use rebuilds the library; returns
/// that file.
pub(super) fn distrust(library: &Library) -> Option<PathBuf> {
    let Err(Unusable::Changed(file)) = examine(&library.folder, Look::Contents) else {
        return None;
    };
    let _ = std::fs::remove_file(library.folder.join(DESCRIPTION));
    Some(file)
}

/// The description of a library; a library without it does not count.
pub(super) const DESCRIPTION: &str = "library.json";

pub(super) fn examine(place: &Path, look: Look) -> Result<Library, Unusable> {
    let description = place.join(DESCRIPTION);
    let text = std::fs::read(&description).map_err(|_| Unusable::Absent)?;
    let Ok(mut library) = serde_json::from_slice::<Library>(&text) else {
        return Err(Unusable::Changed(description));
    };
    // Its own path is part of many others, some of them inside compiled files.
    let real = |folder: &Path| folder.canonicalize().ok();
    if real(&library.folder) != real(place) {
        return Err(Unusable::Moved);
    }
    match library.manifest.check(look) {
        Comparison::Same => {}
        Comparison::Changed(path) => return Err(Unusable::Changed(path)),
        Comparison::Restamped(manifest) => {
            library.manifest = manifest;
            // If this cannot be written, the contents are checked again next time.
            if let Ok(text) = serde_json::to_vec_pretty(&library) {
                let _ = files::write_whole(&description, &text);
            }
        }
    }
    Ok(library)
}

pub(super) fn key(toolchain: &Toolchain) -> String {
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
    // Results about this machine are stored with the library and depend on the code that determined them.
    for code in [
        include_str!("cargo.rs"),
        include_str!("control.rs"),
        include_str!("integrity.rs"),
        include_str!("linker.rs"),
        include_str!("linking.rs"),
        include_str!("reach.rs"),
        include_str!("trial.rs"),
        include_str!("../stamp.rs"),
    ] {
        add(code.as_bytes());
    }
    for (name, text) in DRIVER {
        add(name.as_bytes());
        add(text.as_bytes());
    }
    encode(&digest.finish()[..12])
}
