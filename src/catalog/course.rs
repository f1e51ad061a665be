//! A course: the folder that contains `katas/course.yaml`, and its katas in order.

use std::path::{Path, PathBuf};

use super::inputs::is_there;
use super::{CatalogError, Kata};
use crate::files;
use crate::spec;

/// The file that makes a folder a course.
const MARK: &str = "katas/course.yaml";

/// A course on disk.
#[derive(Clone, Debug)]
pub struct Course {
    /// The folder that contains `katas/`.
    pub root: PathBuf,
    /// The contents of `course.yaml`.
    pub description: spec::Course,
}

impl Course {
    /// Finds the course that contains `from`: in this folder or the nearest one above.
    ///
    /// # Errors
    /// When there is none, or its `course.yaml` is wrong.
    pub fn find(from: &Path) -> Result<Self, CatalogError> {
        let root = from.ancestors().find(|folder| is_there(&folder.join(MARK)));
        let root = root.ok_or_else(|| CatalogError::NoCourse {
            from: from.to_owned(),
        })?;
        let path = root.join(MARK);
        let text = files::read_text(&path)?;
        let description = spec::parse_course(MARK, &text).map_err(CatalogError::Faults)?;
        Ok(Self {
            root: root.to_owned(),
            description,
        })
    }

    /// Writes the embedded course into a folder; existing files stay as they are.
    ///
    /// An existing course gets only the files of the katas that it lists.
    ///
    /// # Errors
    /// When the existing course cannot be read, or a file cannot be written.
    pub fn write_embedded(folder: &Path) -> Result<Vec<PathBuf>, CatalogError> {
        let there = match is_there(&folder.join(MARK)) {
            true => Some(Self::find(folder)?),
            false => None,
        };
        let is_wanted = |name: &str| match (&there, name.split_once('/')) {
            (Some(course), Some((id, _))) => course.ids().any(|listed| listed == id),
            _ => true,
        };
        let mut written = Vec::new();
        for (name, bytes) in super::embedded::COURSE {
            let path = folder.join("katas").join(name);
            if is_wanted(name) && files::write_new(&path, bytes)? {
                written.push(path);
            }
        }
        Ok(written)
    }

    /// The katas' names, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let chapters = self.description.chapters.iter();
        chapters.flat_map(|chapter| chapter.katas.iter().map(String::as_str))
    }

    /// Finds the kata with this name, ignoring case and accepting `-` for `_`.
    ///
    /// # Errors
    /// When there is none; the error lists similar names.
    pub fn lookup(&self, typed: &str) -> Result<&str, CatalogError> {
        let folded = typed
            .trim()
            .trim_end_matches('/')
            .to_lowercase()
            .replace('-', "_");
        if let Some(id) = self.ids().find(|id| **id == folded) {
            return Ok(id);
        }
        Err(CatalogError::UnknownKata {
            typed: typed.to_owned(),
            near: near(self.ids(), &folded),
        })
    }

    /// Reads a kata.
    ///
    /// # Errors
    /// When it is not in the course, or its files are missing or wrong.
    pub fn kata(&self, typed: &str) -> Result<Kata, CatalogError> {
        Kata::read(&self.root, self.lookup(typed)?)
    }
}

/// Whether the embedded course has this file, by its path in a course or on disk.
#[must_use]
pub fn is_built_in(file: &Path) -> bool {
    let mut names = super::embedded::COURSE.iter();
    names.any(|(name, _)| file.ends_with(Path::new("katas").join(name)))
}

/// Returns names similar to the one that was typed, the most similar first, ignoring case.
#[must_use]
pub fn near<'a>(names: impl Iterator<Item = &'a str>, typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let distances = names.map(|name| {
        let known = name.to_lowercase();
        let distance = strsim::damerau_levenshtein(&known, &typed);
        // Two short names can be a few edits apart without any letter in common.
        let longer = known.chars().count().max(typed.chars().count());
        let is_close = distance <= 3.max(known.len() / 3) && distance < longer;
        let is_near = is_close || known.contains(&typed);
        (distance, name, is_near)
    });
    let mut near: Vec<_> = distances.filter(|(.., is_near)| *is_near).collect();
    near.sort_unstable();
    let names = near.into_iter().take(3);
    names.map(|(_, name, _)| name.to_owned()).collect()
}
