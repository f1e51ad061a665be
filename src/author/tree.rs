//! An author's files for a kata: those in the course, and the solutions, hidden outputs and wrong answers.

use std::path::PathBuf;

use super::{AuthorError, inputs};
use crate::array::Value;
use crate::catalog::Kata;
use crate::files;
use crate::seal::Mistake;
use crate::spec::Case;
use crate::track::Track;

/// A kata with its author's files.
pub(crate) struct Tree<'a> {
    /// The kata.
    pub kata: &'a Kata,
    /// The languages whose programs are run; the others are compared with the first.
    pub tracks: Vec<&'static dyn Track>,
    /// The expected outputs of the hidden cases, by name.
    pub hidden: Vec<(String, Value)>,
    /// The sealed cases.
    pub sealed: Vec<Case>,
    /// The reference solutions, in every language.
    pub solutions: Vec<Text>,
    /// The wrong implementations, by pitfall and track.
    pub wrong: Vec<Text>,
    /// Wrong implementations that are diffs and do not apply to the solution.
    pub stale: Vec<StaleDiff>,
}

/// A program of the author's.
pub(crate) struct Text {
    /// The pitfall's id, or the file name of a solution.
    pub id: String,
    /// Its language.
    pub track: &'static dyn Track,
    /// Its file.
    pub path: PathBuf,
    /// Its text, with line endings normalized: a checkout on Windows may have others.
    pub source: String,
}

/// A wrong implementation stored as a diff of a different solution than the current one.
pub(crate) struct StaleDiff {
    /// The pitfall's id.
    pub id: String,
    /// The diff.
    pub path: PathBuf,
    /// Why it does not apply.
    pub why: String,
}

impl<'a> Tree<'a> {
    /// Reads the author's files in all of these languages. Every program of the kata is run; the first language is
    /// used if there is none yet.
    ///
    /// # Errors
    /// When a file cannot be read or is wrong.
    pub(crate) fn read(kata: &'a Kata, tracks: &[&'static dyn Track]) -> Result<Self, AuthorError> {
        let mut solutions = Vec::new();
        for track in tracks {
            let path = kata.solution(track.extension());
            if path.is_file() {
                solutions.push(Text::read(
                    format!("solution.{}", track.extension()),
                    *track,
                    path,
                )?);
            }
        }
        let (mut wrong, mut stale) = (Vec::new(), Vec::new());
        for known in kata.wrong()? {
            let track = tracks
                .iter()
                .find(|track| track.extension() == known.extension);
            if let Some(track) = track {
                match known.source {
                    Ok(source) => wrong.push(Text {
                        id: known.id,
                        track: *track,
                        path: known.path,
                        source,
                    }),
                    Err(why) => stale.push(StaleDiff {
                        id: known.id,
                        path: known.path,
                        why,
                    }),
                }
            }
        }
        let has_program = |track: &&&dyn Track| {
            let mut texts = solutions.iter().chain(&wrong);
            kata.has_starter(track.extension())
                || texts.any(|text: &Text| text.track.name() == track.name())
        };
        let mut run: Vec<_> = tracks.iter().filter(has_program).copied().collect();
        if run.is_empty() {
            run.extend(tracks.first());
        }
        Ok(Self {
            kata,
            tracks: run,
            hidden: kata.hidden().to_vec(),
            sealed: kata.sealed()?,
            solutions,
            wrong,
            stale,
        })
    }

    /// Restricts it to programs in this language; returns the languages that are left out, or `None` if the kata has
    /// nothing in this one.
    pub(crate) fn limit(&mut self, only: &dyn Track) -> Option<Vec<&'static dyn Track>> {
        let (kept, left) = self
            .tracks
            .iter()
            .partition(|track| track.name() == only.name());
        self.tracks = kept;
        (!self.tracks.is_empty()).then_some(left)
    }

    /// Restricts it to one program for each pitfall, in this language if there is one.
    pub(crate) fn limit_to_pitfalls(&mut self, nearest: &'static dyn Track) {
        let is_nearest = |text: &Text| text.track.name() == nearest.name();
        self.wrong
            .sort_by_key(|text| (text.id.clone(), !is_nearest(text)));
        self.wrong.dedup_by(|next, kept| next.id == kept.id);
        let wrong = &self.wrong;
        self.tracks.retain(|track| {
            track.name() == nearest.name()
                || wrong.iter().any(|text| text.track.name() == track.name())
        });
        if self
            .tracks
            .iter()
            .all(|track| track.name() != nearest.name())
        {
            self.tracks.push(nearest);
        }
    }

    /// Whether programs in this language are run.
    #[must_use]
    pub(crate) fn runs(&self, track: &str) -> bool {
        self.tracks.iter().any(|known| known.name() == track)
    }

    /// The reference solutions that are run.
    pub(crate) fn run_solutions(&self) -> impl Iterator<Item = &Text> {
        let all = self.solutions.iter();
        all.filter(|text| self.runs(text.track.name()))
    }

    /// The reference solution in a language, if there is one.
    pub(crate) fn solution_in(&self, track: &dyn Track) -> Option<&Text> {
        let mut all = self.solutions.iter();
        all.find(|text| text.track.name() == track.name())
    }

    /// The wrong implementations that are run.
    pub(crate) fn run_wrong(&self) -> impl Iterator<Item = &Text> {
        let all = self.wrong.iter();
        all.filter(|text| self.runs(text.track.name()))
    }

    /// The file extension of the first language.
    #[must_use]
    pub(crate) fn ending(&self) -> &'static str {
        let first = self.tracks.first();
        first.map_or("", |track| track.extension())
    }

    /// All cases: those of the spec, then the sealed ones.
    #[must_use]
    pub(crate) fn cases(&self) -> Vec<&Case> {
        self.kata.spec.cases.iter().chain(&self.sealed).collect()
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
            let variants = text.track.variants(&self.kata.spec, &text.source);
            let variants = variants.into_iter();
            made.extend(variants.map(|variant| mistake(variant.id, text.track, &variant.source)));
        }
        made
    }

    /// The first solution with each change of an input, before any is run; one is enough, because all give the same bits.
    #[must_use]
    pub(crate) fn changed_inputs(&self) -> Vec<Mistake> {
        let Some(text) = self.solutions.first() else {
            return Vec::new();
        };
        let changes = inputs::changes(&self.kata.spec).into_iter();
        changes
            .map(|change| mistake(&change.to_string(), text.track, &text.source))
            .collect()
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
