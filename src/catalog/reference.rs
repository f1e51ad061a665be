//! The reference answers that can be read without a key: those in `solutions/`, and those of the built-in course, which
//! are embedded in the program.

use std::io::Read;

use super::{CatalogError, Kata, embedded};
use crate::files;

impl Kata {
    /// The text of the reference answer, if it can be read without a key: the course has its solutions, or the kata is one
    /// of the built-in course, unchanged.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reference(&self, extension: &str) -> Result<Option<String>, CatalogError> {
        let path = self.solution(extension);
        if path.is_file() {
            return Ok(Some(files::read_text(&path)?));
        }
        let name = format!("{}/solution.{extension}", self.id);
        let mut known = embedded::SOLUTIONS.iter();
        let known = known.find(|(file, _)| *file == name);
        Ok(known
            .filter(|_| self.is_built_in())
            .map(|(_, compressed)| text(compressed)))
    }

    /// Whether there is a reference answer in this language that can be read without a key.
    #[must_use]
    pub fn has_reference(&self, extension: &str) -> bool {
        self.reference(extension).is_ok_and(|text| text.is_some())
    }

    /// Whether the spec on disk is that of the built-in course, and not of another kata with the same name.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        let name = format!("{}/kata.yaml", self.id);
        let mut files = embedded::COURSE.iter();
        let spec = files.find(|(file, _)| *file == name);
        let own = std::fs::read(self.folder().join("kata.yaml"));
        own.is_ok_and(|own| spec.is_some_and(|(_, spec)| *spec == own))
    }
}

fn text(compressed: &[u8]) -> String {
    let mut text = String::new();
    let mut decoder = flate2::read::ZlibDecoder::new(compressed);
    decoder
        .read_to_string(&mut text)
        .expect("the build compressed it");
    text
}
