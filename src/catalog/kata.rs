//! One kata on disk: its spec, its texts, and where its answer, starter and solution lie.

use std::path::{Path, PathBuf};

use super::hints::{self, Hint};
use super::{CatalogError, secrets};
use crate::array::Value;
use crate::files::FileError;
use crate::spec::{self, Case, Spec};

/// A kata.
#[derive(Clone, Debug)]
pub struct Kata {
    /// Its name, as a person types it.
    pub id: String,
    /// The course's folder.
    pub root: PathBuf,
    /// What it asks.
    pub spec: Spec,
    /// The expected outputs of hidden cases, by name, where the course holds them.
    pub(super) hidden: Vec<(String, Value)>,
}

impl Kata {
    pub(super) fn read(root: &Path, id: &str) -> Result<Self, CatalogError> {
        let shown = format!("katas/{id}/kata.yaml");
        let text = read(&root.join(&shown))?;
        let folder = root.join("katas").join(id);
        let inputs = |name: &str| std::fs::read(folder.join(name));
        let spec = spec::parse(&shown, &text, &inputs).map_err(CatalogError::Faults)?;
        let hidden = secrets::hidden(root, id, &spec)?;
        Ok(Self {
            id: id.to_owned(),
            root: root.to_owned(),
            spec,
            hidden,
        })
    }

    /// The kata's folder.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.root.join("katas").join(&self.id)
    }

    /// The learner's file, seen from the course's folder.
    #[must_use]
    pub fn answer(&self, extension: &str) -> PathBuf {
        Path::new("katas")
            .join(&self.id)
            .join(format!("{}.{extension}", self.id))
    }

    /// The unsolved answer as shipped.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn starter(&self, extension: &str) -> Result<String, CatalogError> {
        read(&self.folder().join(format!("starter.{extension}")))
    }

    /// The statement, in Markdown.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn statement(&self) -> Result<String, CatalogError> {
        read(&self.folder().join("README.md"))
    }

    /// The hints, from mild to strong.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn hints(&self) -> Result<Vec<Hint>, CatalogError> {
        Ok(hints::parse(&read(&self.folder().join("hints.md"))?))
    }

    /// The reference answer's file; it is there only where the course holds its solutions.
    #[must_use]
    pub fn solution(&self, extension: &str) -> PathBuf {
        let folder = self.root.join("solutions").join(&self.id);
        folder.join(format!("solution.{extension}"))
    }

    /// The file with what is sealed; `katas author seal` makes it.
    #[must_use]
    pub fn lock_file(&self) -> PathBuf {
        self.folder().join("kata.lock")
    }

    /// What a case's output must be, where this course knows it.
    #[must_use]
    pub fn expected<'a>(&'a self, case: &'a Case) -> Option<&'a Value> {
        let hidden = || self.hidden.iter().find(|(name, _)| *name == case.name);
        case.expect
            .as_ref()
            .or_else(|| hidden().map(|(_, value)| value))
    }
}

pub(super) fn read(path: &Path) -> Result<String, CatalogError> {
    std::fs::read_to_string(path).map_err(|error| FileError::tag("read", path)(error).into())
}
