//! What an author keeps of a kata: the course's files, and beside them the solutions, the hidden outputs, the wrong answers.

use std::path::PathBuf;

use super::AuthorError;
use crate::array::Value;
use crate::catalog::Kata;
use crate::files;
use crate::seal::Mistake;
use crate::spec::Case;
use crate::track::{AUTHORED, Track};

/// A kata as its author has it.
pub(crate) struct Tree<'a> {
    /// The kata.
    pub kata: &'a Kata,
    /// What the hidden cases expect, by name.
    pub hidden: Vec<(String, Value)>,
    /// The sealed cases.
    pub sealed: Vec<Case>,
    /// The reference solutions.
    pub solutions: Vec<Text>,
    /// The wrong implementations, by pitfall and track.
    pub wrong: Vec<Text>,
}

/// A program of the author's.
pub(crate) struct Text {
    /// The pitfall's id; of a solution the file's name.
    pub id: String,
    /// Its language.
    pub track: &'static dyn Track,
    /// Its file.
    pub path: PathBuf,
    /// Its text. A checkout on Windows may have other line ends; here they are the same everywhere.
    pub source: String,
}

impl<'a> Tree<'a> {
    /// Reads everything beside the kata's own files.
    ///
    /// # Errors
    /// When a file cannot be read or is wrong.
    pub(crate) fn read(kata: &'a Kata) -> Result<Self, AuthorError> {
        let mut solutions = Vec::new();
        for track in AUTHORED {
            let path = kata.solution(track.extension());
            if path.is_file() {
                solutions.push(Text::read(
                    format!("solution.{}", track.extension()),
                    *track,
                    path,
                )?);
            }
        }
        let mut wrong = Vec::new();
        for known in kata.wrong()? {
            let track = AUTHORED
                .iter()
                .find(|track| track.extension() == known.extension);
            if let Some(track) = track {
                wrong.push(Text::read(known.id, *track, known.path)?);
            }
        }
        Ok(Self {
            kata,
            hidden: kata.hidden().to_vec(),
            sealed: kata.sealed()?,
            solutions,
            wrong,
        })
    }

    /// All cases: those of the spec, then the sealed ones.
    #[must_use]
    pub(crate) fn cases(&self) -> Vec<&Case> {
        self.kata.spec.cases.iter().chain(&self.sealed).collect()
    }

    /// The solutions as a lock takes them: by the name of the file.
    #[must_use]
    pub(crate) fn solution_files(&self) -> Vec<(String, String)> {
        let files = self.solutions.iter();
        files
            .map(|text| (text.id.clone(), text.source.clone()))
            .collect()
    }

    /// The wrong implementations before any is run.
    #[must_use]
    pub(crate) fn mistakes(&self) -> Vec<Mistake> {
        self.wrong
            .iter()
            .map(|text| mistake(&text.id, text.track, &text.source))
            .collect()
    }

    /// The generated variants of the solutions before any is run.
    #[must_use]
    pub(crate) fn variants(&self) -> Vec<Mistake> {
        let mut made = Vec::new();
        for text in &self.solutions {
            let variants = text.track.variants(&text.source).into_iter();
            made.extend(variants.map(|variant| mistake(variant.id, text.track, &variant.source)));
        }
        made
    }
}

fn mistake(id: &str, track: &dyn Track, source: &str) -> Mistake {
    Mistake {
        id: id.to_owned(),
        track: track.name().to_owned(),
        source: source.to_owned(),
        outcomes: Vec::new(),
        sealed: Vec::new(),
    }
}

impl Text {
    fn read(id: String, track: &'static dyn Track, path: PathBuf) -> Result<Self, AuthorError> {
        let source = files::read_text(&path)?;
        let source = source.replace("\r\n", "\n");
        Ok(Self {
            id,
            track,
            path,
            source,
        })
    }
}
