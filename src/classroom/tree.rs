//! Files by path, to be written as a folder or packed as a reproducible zip.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::files::FolderFile;

/// Files by path, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree(BTreeMap<String, (Vec<u8>, u32)>);

/// A zip could not be created.
#[derive(Debug, thiserror::Error)]
#[error("cannot create the zip: {0}")]
pub(crate) struct TreeError(String);

impl Tree {
    /// Adds a file.
    pub(super) fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.add_as(path, bytes, 0o644);
    }

    /// Adds an executable file.
    pub(super) fn add_program(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.add_as(path, bytes, 0o755);
    }

    /// Adds a file that only its owner can read.
    pub(super) fn add_secret(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.add_as(path, bytes, 0o600);
    }

    fn add_as(&mut self, path: &str, bytes: impl Into<Vec<u8>>, mode: u32) {
        self.0.insert(path.to_owned(), (bytes.into(), mode));
    }

    /// Adds all files of another tree.
    pub(super) fn add_all(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Adds all files of another tree below a folder.
    pub(super) fn add_below(&mut self, folder: &str, other: Self) {
        let files = other.0.into_iter();
        self.0
            .extend(files.map(|(path, file)| (format!("{folder}/{path}"), file)));
    }

    /// The files, sorted by path.
    #[must_use]
    pub(crate) fn files(&self) -> Vec<FolderFile> {
        let files = self.0.iter();
        let file = |(path, (bytes, mode)): (&String, &(Vec<u8>, u32))| FolderFile {
            path: path.clone(),
            bytes: bytes.clone(),
            mode: *mode,
        };
        files.map(file).collect()
    }

    /// Packs the files; the same files always give the same bytes.
    pub(super) fn zip(&self) -> Result<Vec<u8>, TreeError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, (bytes, mode)) in &self.0 {
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(DateTime::default())
                .unix_permissions(*mode);
            zip.start_file(path.as_str(), options)
                .map_err(|error| TreeError(error.to_string()))?;
            zip.write_all(bytes)
                .map_err(|error| TreeError(error.to_string()))?;
        }
        let packed = zip.finish().map_err(|error| TreeError(error.to_string()))?;
        Ok(packed.into_inner())
    }
}
