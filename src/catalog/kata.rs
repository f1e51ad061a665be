//! One kata on disk: its spec, its texts, and the paths of its answer, starter and solution.

use std::path::{Path, PathBuf};

use super::hints::{self, Hint};
use super::inputs::{LARGEST_INPUT, is_there, read_input};
use super::{CatalogError, solutions};
use crate::array::Value;
use crate::digest::PartsDigest;
use crate::files::{self, FileAction, FileError};
use crate::spec::{self, Case, Spec};

/// A kata.
#[derive(Clone, Debug)]
pub struct Kata {
    /// Its name, as a person types it.
    pub id: String,
    /// The course's folder.
    pub root: PathBuf,
    /// Its spec.
    pub spec: Spec,
    /// The expected outputs of hidden cases, by name, if the course has them.
    pub(super) hidden: Vec<(String, Value)>,
}

impl Kata {
    pub(super) fn read(root: &Path, id: &str) -> Result<Self, CatalogError> {
        let shown = format!("katas/{id}/kata.yaml");
        let text = files::read_text(&root.join(&shown))?;
        let folder = root.join("katas").join(id);
        let inputs = |name: &str| read_input(&folder, name);
        let spec = spec::parse(&shown, &text, &inputs).map_err(CatalogError::Faults)?;
        let hidden = solutions::hidden(root, id, &spec)?;
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

    /// The learner's file, relative to the course's folder.
    #[must_use]
    pub fn answer(&self, extension: &str) -> PathBuf {
        Path::new("katas")
            .join(&self.id)
            .join(format!("{}.{extension}", self.id))
    }

    /// Whether it has a starter with this file extension.
    #[must_use]
    pub fn has_starter(&self, extension: &str) -> bool {
        is_there(&self.folder().join(format!("starter.{extension}")))
    }

    /// The starter's text.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn starter(&self, extension: &str) -> Result<String, CatalogError> {
        Ok(files::read_text(
            &self.folder().join(format!("starter.{extension}")),
        )?)
    }

    /// The statement, in Markdown.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn statement(&self) -> Result<String, CatalogError> {
        Ok(files::read_text(&self.folder().join("README.md"))?)
    }

    /// The hints, each stronger than the one before.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn hints(&self) -> Result<Vec<Hint>, CatalogError> {
        let text = files::read_text(&self.folder().join("hints.md"))?;
        Ok(hints::parse(&text))
    }

    /// The path of the reference answer, which exists only if the course has its solutions.
    #[must_use]
    pub fn solution(&self, extension: &str) -> PathBuf {
        let folder = self.root.join("solutions").join(&self.id);
        folder.join(format!("solution.{extension}"))
    }

    /// The path of the lock, which `katas author seal` writes.
    #[must_use]
    pub fn lock_file(&self) -> PathBuf {
        self.folder().join("kata.lock")
    }

    /// A digest of everything that affects verdicts: the spec and its input files, the lock, the hidden outputs.
    ///
    /// # Errors
    /// When one of the files cannot be read.
    pub fn digest(&self) -> Result<[u8; 32], CatalogError> {
        let folder = self.folder();
        let mut files = Vec::new();
        list(&folder, &mut files)?;
        files.retain(|path| Self::is_judged_by(path));
        files.push(self.secrets().join("hidden.yaml"));
        files.sort();
        let mut digest = PartsDigest::default();
        for path in files {
            let bytes = match files::read_regular(&path, LARGEST_INPUT) {
                Ok(bytes) => bytes,
                // Not every course has the hidden outputs.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
                Err(error) => return Err(FileError::tag(FileAction::Read, &path)(error).into()),
            };
            let name = path.strip_prefix(&self.root).unwrap_or(&path);
            digest.add(name.as_os_str().as_encoded_bytes());
            digest.add(bytes);
        }
        Ok(digest.finish())
    }

    /// Whether a file of the kata's folder affects verdicts: texts for learners, starters and answers do not.
    fn is_judged_by(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_text = matches!(&*name, "README.md" | "hints.md");
        let is_code = name.ends_with(".rs") || name.ends_with(".py");
        let is_other = name.starts_with('.') || name.ends_with('~') || name.ends_with(".backup");
        !(is_text || is_code || is_other)
    }

    /// The expected output of a case, if this course has it.
    #[must_use]
    pub fn expected<'a>(&'a self, case: &'a Case) -> Option<&'a Value> {
        let hidden = || self.hidden.iter().find(|(name, _)| *name == case.name);
        case.expect
            .as_ref()
            .or_else(|| hidden().map(|(_, value)| value))
    }
}

/// Lists the files below a folder.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), CatalogError> {
    let entries = std::fs::read_dir(folder).map_err(FileError::tag(FileAction::Read, folder))?;
    for entry in entries {
        let entry = entry.map_err(FileError::tag(FileAction::Read, folder))?;
        // A link counts as its target, as it does for the reader of the spec.
        match std::fs::metadata(entry.path()) {
            Ok(about) if about.is_dir() && !entry.path().is_symlink() => {
                list(&entry.path(), files)?
            }
            Ok(about) if about.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
    Ok(())
}
