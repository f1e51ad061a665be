//! Checks that the files for building answers are unchanged since the library was built.
//!
//! A crash, a full disk, an update or a moved folder can change the library, the toolchain or the system's C compiler
//! unnoticed, and an answer would be blamed for the compiler's errors. So the library has a stamp of each such file,
//! which is compared at every use in microseconds, and a digest, which decides if the stamp differs.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::linking::Linking;
use super::toolchain::Toolchain;
use crate::digest;
use crate::files::{FileAction, FileError};
use crate::seal::hex::encode;
use crate::track::stamp::Stamp;

/// The state of everything that answers are built with, when the library was built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    files: Vec<KnownFile>,
    /// Folders that must exist; their contents are not checked.
    folders: Vec<PathBuf>,
}

/// A file with its digest, and the stamp it had when the digest was last computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownFile {
    path: PathBuf,
    stamp: Stamp,
    digest: String,
}

/// How thoroughly files are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Stamps, and the contents of files whose stamp differs.
    Stamps,
    /// The contents of all files.
    Contents,
}

/// The result of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// All stamps are unchanged.
    Same,
    /// All contents are unchanged; this has the new stamps.
    Restamped(Manifest),
    /// This one is gone or has other contents.
    Changed(PathBuf),
}

impl Manifest {
    /// Records all files of a folder, which will be renamed to `place`.
    ///
    /// They are written to the disk first: a stamp must not outlive the contents in a crash.
    pub(super) fn of_folder(folder: &Path, place: &Path) -> Result<Self, FileError> {
        let mut files = Vec::new();
        let entries =
            std::fs::read_dir(folder).map_err(FileError::tag(FileAction::Read, folder))?;
        for entry in entries {
            let path = entry
                .map_err(FileError::tag(FileAction::Read, folder))?
                .path();
            let file = File::open(&path).and_then(|file| file.sync_all());
            file.map_err(FileError::tag(FileAction::Write, &path))?;
            let mut known =
                KnownFile::of(&path).map_err(FileError::tag(FileAction::Read, &path))?;
            known.path = place.join(path.file_name().unwrap_or_default());
            files.push(known);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self {
            files,
            folders: Vec::new(),
        })
    }

    /// Adds the files used from the toolchain and the system. Unreadable files are skipped, since they cannot be used
    /// either.
    pub(super) fn add_tools<'a>(
        &mut self,
        toolchain: &Toolchain,
        linkings: impl Iterator<Item = &'a Linking>,
    ) {
        let mut paths = vec![toolchain.rustc()];
        let libraries = std::fs::read_dir(toolchain.libraries()).into_iter();
        let libraries = libraries.flatten().flatten().map(|entry| entry.path());
        paths.extend(libraries.filter(|path| {
            let ending = path.extension().unwrap_or_default();
            ["rlib", "rmeta", "so", "dylib"]
                .iter()
                .any(|own| ending == *own)
        }));
        for linking in linkings {
            paths.extend(linking.inputs.iter().cloned());
            for reach in [&linking.compiler, &linking.program] {
                paths.extend(reach.read.iter().chain(&reach.execute).cloned());
            }
        }
        // The kernel's file systems change all the time, and answers do not depend on them.
        paths.retain(|path| {
            !["/proc", "/sys", "/etc"]
                .iter()
                .any(|own| path.starts_with(own))
        });
        paths.retain(|path| self.files.iter().all(|known| known.path != *path));
        paths.sort();
        paths.dedup();
        for path in paths {
            if path.is_dir() {
                self.folders.push(path);
            } else if let Ok(known) = KnownFile::of(&path) {
                self.files.push(known);
            }
        }
    }

    /// The digest of all contents.
    pub(super) fn digest(&self) -> String {
        let files = self.files.iter();
        let parts = files.flat_map(|file| {
            let path = file.path.as_os_str().as_encoded_bytes();
            [path, file.digest.as_bytes()]
        });
        encode(&digest::of_parts(parts)[..16])
    }

    /// Compares the files with their recorded state.
    pub(super) fn check(&self, look: Look) -> Comparison {
        if let Some(gone) = self.folders.iter().find(|folder| !folder.is_dir()) {
            return Comparison::Changed(gone.clone());
        }
        let mut now = self.clone();
        for file in &mut now.files {
            let is_same = Stamp::of(&file.path) == Some(file.stamp);
            if is_same && look == Look::Stamps {
                continue;
            }
            match KnownFile::of(&file.path) {
                Ok(known) if known.digest == file.digest => *file = known,
                _ => return Comparison::Changed(file.path.clone()),
            }
        }
        if now == *self {
            Comparison::Same
        } else {
            Comparison::Restamped(now)
        }
    }
}

impl KnownFile {
    fn of(path: &Path) -> std::io::Result<Self> {
        // The stamp comes first: if a file is written in between, its stamp is older, and it is checked again.
        let stamp = Stamp::of(path).filter(|_| path.is_file());
        let stamp = stamp.ok_or(std::io::ErrorKind::InvalidInput)?;
        let mut digest = Sha256::new();
        std::io::copy(&mut File::open(path)?, &mut Digester(&mut digest))?;
        Ok(Self {
            path: path.to_owned(),
            stamp,
            digest: encode(&digest.finalize()),
        })
    }
}

/// A digest as a writer.
struct Digester<'a>(&'a mut Sha256);

impl std::io::Write for Digester<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_found_by_stamp_or_by_contents() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a", "b"] {
            std::fs::write(at(name), name).unwrap();
        }
        let mut manifest = Manifest::of_folder(folder.path(), folder.path()).unwrap();
        assert_eq!(manifest.check(Look::Stamps), Comparison::Same);
        assert_eq!(manifest.check(Look::Contents), Comparison::Same);
        // A different file with the same contents: only the stamp is new, and it is recorded.
        std::fs::write(at("copy"), "a").unwrap();
        std::fs::rename(at("copy"), at("a")).unwrap();
        let Comparison::Restamped(now) = manifest.check(Look::Stamps) else {
            panic!("the stamp is the same");
        };
        assert_eq!(now.check(Look::Stamps), Comparison::Same);
        assert_eq!(now.digest(), manifest.digest());
        for damage in ["", "\0", "c"] {
            std::fs::write(at("b"), damage).unwrap();
            assert_eq!(now.check(Look::Stamps), Comparison::Changed(at("b")));
        }
        std::fs::remove_file(at("b")).unwrap();
        assert_eq!(now.check(Look::Stamps), Comparison::Changed(at("b")));
        std::fs::write(at("b"), "b").unwrap();
        assert!(matches!(now.check(Look::Stamps), Comparison::Restamped(_)));
        // Changed contents with an unchanged stamp.
        manifest = now;
        manifest.files[0].digest = encode(&Sha256::digest("other"));
        manifest.files[0].stamp = Stamp::of(&at("a")).unwrap();
        assert_eq!(manifest.check(Look::Contents), Comparison::Changed(at("a")));
        // A folder that must exist.
        manifest.folders.push(at("gone"));
        assert_eq!(
            manifest.check(Look::Stamps),
            Comparison::Changed(at("gone"))
        );
    }
}
