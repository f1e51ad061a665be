//! A kata's secrets: the folder `solutions/<id>/` if the course has it, and otherwise `kata.lock`.

use std::path::PathBuf;

use super::solutions::parsed;
use super::{CatalogError, Kata};
use crate::array::Value;
use crate::files;
use crate::seal::{LARGEST_LOCK, Lock, SealError};
use crate::spec::{self, Case};

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
}
