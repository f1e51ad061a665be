//! The languages of a program. Only `main` names them; everything else gets this list.

use std::path::Path;

use super::Track;
use crate::catalog::{CatalogError, Kata};

/// The languages of a program, in the order in which answers are looked for. There is at least one.
#[derive(Clone, Copy)]
pub struct Tracks(&'static [&'static dyn Track]);

impl Tracks {
    /// Creates the list.
    ///
    /// # Panics
    /// When it is empty: no answer could be judged.
    #[must_use]
    pub const fn new(tracks: &'static [&'static dyn Track]) -> Self {
        assert!(!tracks.is_empty(), "there is no track");
        Self(tracks)
    }

    /// All of them.
    #[must_use]
    pub fn all(self) -> &'static [&'static dyn Track] {
        self.0
    }

    /// Their names.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        self.0.iter().map(|track| track.name()).collect()
    }

    /// The file extensions of their answers, without the dot.
    #[must_use]
    pub fn extensions(self) -> Vec<&'static str> {
        self.0.iter().map(|track| track.extension()).collect()
    }

    /// The track with this name.
    #[must_use]
    pub fn named(self, name: &str) -> Option<&'static dyn Track> {
        let mut all = self.0.iter();
        all.find(|track| track.name() == name).copied()
    }

    /// The track of an answer, by its file extension.
    #[must_use]
    pub fn of_file(self, file: &Path) -> Option<&'static dyn Track> {
        let extension = file.extension()?;
        let mut all = self.0.iter();
        all.find(|track| extension == track.extension()).copied()
    }

    /// The tracks of a kata: those for which it has a starter.
    ///
    /// # Errors
    /// When it has none.
    pub fn offered(self, kata: &Kata) -> Result<Vec<&'static dyn Track>, CatalogError> {
        let mut offered = self.0.to_vec();
        offered.retain(|track| kata.has_starter(track.extension()));
        if offered.is_empty() {
            // The error from reading a starter says which file is missing.
            for track in self.0 {
                kata.starter(track.extension())?;
            }
        }
        Ok(offered)
    }

    /// The track of the learner's newest answer to a kata, or else the first that the kata offers.
    #[must_use]
    pub fn current(self, kata: &Kata) -> &'static dyn Track {
        let written = |track: &&'static dyn Track| {
            let answer = kata.root.join(kata.answer(track.extension()));
            Some((std::fs::metadata(answer).ok()?.modified().ok()?, *track))
        };
        // If two have the same time, the first in the list counts.
        let last = self.0.iter().rev().filter_map(written);
        if let Some((_, track)) = last.max_by_key(|(time, _)| *time) {
            return track;
        }
        let mut all = self.0.iter();
        let offered = all.find(|track| kata.has_starter(track.extension()));
        *offered.unwrap_or(&self.0[0])
    }
}
