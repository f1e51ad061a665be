//! A kata's secrets: the folder `solutions/<id>/` if the course has it, and otherwise `kata.lock`.

use std::path::PathBuf;

use super::solutions::parsed;
use super::{CatalogError, Kata};
use crate::array::Value;
use crate::files::{self, FileAction, FileError};
use crate::seal::{LARGEST_LOCK, Lock, SealError};
use crate::spec::{self, Case};

/// A wrong implementation of a kata, named after its pitfall.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// The pitfall's id.
    pub id: String,
    /// The file extension, which identifies the language.
    pub extension: String,
    /// The file.
    pub path: PathBuf,
}

impl Kata {
    /// The folder with the reference solution and everything else that is secret.
    #[must_use]
    pub fn secrets(&self) -> PathBuf {
        self.root.join("solutions").join(&self.id)
    }

    /// The expected outputs of the hidden cases, by name; empty if the course does not have them.
    #[must_use]
    pub fn hidden(&self) -> &[(String, Value)] {
        &self.hidden
    }

    /// Reads the lock.
    ///
    /// # Errors
    /// When it is damaged, or belongs to another kata. `Ok(None)` means that there is none.
    pub fn lock(&self) -> Result<Option<Lock>, CatalogError> {
        let path = self.lock_file();
        let bytes = match files::read_bounded(&path, LARGEST_LOCK) {
            Err(error) if error.source.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
            Ok(None) => Err(SealError::TooLarge),
            Ok(Some(bytes)) => Ok(bytes),
        };
        let lock = bytes.and_then(|bytes| Lock::read(&self.id, &bytes));
        lock.map(Some).map_err(|source| self.lock_error(source))
    }

    /// Reads the lock, if it was made from the kata's current spec.
    ///
    /// # Errors
    /// As [`Kata::lock`], and when it is out of date.
    pub fn fitting_lock(&self) -> Result<Option<Lock>, CatalogError> {
        let Some(lock) = self.lock()? else {
            return Ok(None);
        };
        match lock.fits(&self.spec) {
            Ok(()) => Ok(Some(lock)),
            Err(source) => Err(self.lock_error(source)),
        }
    }

    /// Wraps an error of this kata's lock.
    #[must_use]
    pub fn lock_error(&self, source: SealError) -> CatalogError {
        CatalogError::Lock {
            path: format!("katas/{}/kata.lock", self.id),
            source,
        }
    }

    /// Reads the sealed cases if the course has them unencrypted.
    ///
    /// # Errors
    /// When `sealed.yaml` cannot be read or is wrong.
    pub fn sealed(&self) -> Result<Vec<Case>, CatalogError> {
        let shown = format!("solutions/{}/sealed.yaml", self.id);
        parsed(&self.root, &self.id, &shown, |text, inputs| {
            spec::parse_sealed(&shown, text, &self.spec, inputs)
        })
    }

    /// Lists the wrong implementations, by id and extension; empty if the course does not have them.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn wrong(&self) -> Result<Vec<Wrong>, CatalogError> {
        let folder = self.secrets().join("wrong");
        let mut found = Vec::new();
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(FileError::tag(FileAction::Read, &folder)(error).into()),
        };
        for entry in entries {
            let path = entry
                .map_err(FileError::tag(FileAction::Read, &folder))?
                .path();
            let id = path.file_stem().and_then(|name| name.to_str());
            let extension = path.extension().and_then(|name| name.to_str());
            if let (Some(id), Some(extension)) = (id, extension) {
                found.push(Wrong {
                    id: id.to_owned(),
                    extension: extension.to_owned(),
                    path: path.clone(),
                });
            }
        }
        found.sort_by(|a, b| (&a.id, &a.extension).cmp(&(&b.id, &b.extension)));
        Ok(found)
    }
}
