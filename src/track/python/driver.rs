//! The driver's files in the cache: our code in an answer's process.

use std::path::PathBuf;

use crate::digest;
use crate::files::{self, Cache, FileError};
use crate::seal::hex::encode;

/// Reads an answer's text.
const CHECK: &str = "check.py";

/// Every file, by its path in the folder; the one that Python starts comes last.
const FILES: &[(&str, &str)] = &[
    (CHECK, include_str!("driver/check.py")),
    (
        "katas_driver/__init__.py",
        include_str!("driver/katas_driver/__init__.py"),
    ),
    (
        "katas_driver/arguments.py",
        include_str!("driver/katas_driver/arguments.py"),
    ),
    (
        "katas_driver/calls.py",
        include_str!("driver/katas_driver/calls.py"),
    ),
    (
        "katas_driver/failures.py",
        include_str!("driver/katas_driver/failures.py"),
    ),
    (
        "katas_driver/fill.py",
        include_str!("driver/katas_driver/fill.py"),
    ),
    (
        "katas_driver/host.py",
        include_str!("driver/katas_driver/host.py"),
    ),
    (
        "katas_driver/main.py",
        include_str!("driver/katas_driver/main.py"),
    ),
    (
        "katas_driver/operations.py",
        include_str!("driver/katas_driver/operations.py"),
    ),
    (
        "katas_driver/results.py",
        include_str!("driver/katas_driver/results.py"),
    ),
    (
        "katas_driver/wire.py",
        include_str!("driver/katas_driver/wire.py"),
    ),
    ("__main__.py", include_str!("driver/__main__.py")),
];

/// The driver as it is in the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Driver {
    /// Its folder, which Python can run.
    pub(super) folder: PathBuf,
    /// The digest of its files.
    pub(super) digest: String,
}

impl Driver {
    /// The program that reads an answer's text.
    pub(super) fn check(&self) -> PathBuf {
        self.folder.join(CHECK)
    }
}

/// Finds the driver in the cache, and writes missing or changed files.
///
/// # Errors
/// When the cache cannot be written.
pub(super) fn provide(cache: &Cache) -> Result<Driver, FileError> {
    let parts = FILES.iter().flat_map(|(name, text)| [name, text]);
    let digest = encode(&digest::of_parts(parts)[..12]);
    let folder = cache
        .folder()
        .join("python")
        .join(format!("driver-{digest}"));
    files::make_folder(&folder.join("katas_driver"))?;
    for (name, text) in FILES {
        let path = folder.join(name);
        if std::fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            files::write_whole(&path, text.as_bytes())?;
        }
    }
    Ok(Driver { folder, digest })
}
