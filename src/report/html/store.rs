//! The store of one kata: the result of every answer, with each text, each line and each result stored once.
//!
//! A thousand answers to a kata share most of their lines with each other and with the starter, so a text is a list
//! of lines. The page's script parses a store when it first needs it. While a store is built, its data is in
//! spills, with only a hash of each value in memory.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::io::{Result, Write};

use serde::Serialize;

use super::policy;
use super::words::{PRINTED, SHOWN, case_letter, clipped, letter, visible};
use crate::files::Spill;
use crate::record::{KataRecord, Message, shown};

/// The maximum number of values that are deduplicated; later ones are written each time.
const MOST_KNOWN: usize = (1 << 18) / 8 * 7;

/// Builds the store of one kata after another.
pub(super) struct Store {
    /// Every line of every text.
    lines: List,
    /// Every text, as indices into `lines`.
    texts: List,
    /// Every cause: kind, id, certain, lead, text.
    causes: List,
    /// Every result.
    results: List,
    /// The result of each student; `None` if there is nothing to show.
    cells: Vec<Option<u32>>,
    /// The source of each student's answer, as an index into `texts`.
    pub(super) sources: Vec<Option<u32>>,
}

/// The result of an answer, with texts as indices.
#[derive(Hash, Serialize)]
struct StoredResult {
    letter: char,
    given: String,
    headline: u32,
    screen: u32,
    file: String,
    source: Option<u32>,
    /// Status, sentence and what was printed.
    cases: Vec<(char, u32, u32)>,
    causes: Vec<u32>,
    errors: Vec<(String, String, u32)>,
    warnings: Vec<(String, String, u32)>,
}

impl Store {
    /// Creates an empty one beside this spill.
    pub(super) fn beside(spill: &Spill) -> Self {
        let list = || List::new(spill.another());
        Self {
            lines: list(),
            texts: list(),
            causes: list(),
            results: list(),
            cells: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Adds the result of the next student's answer.
    pub(super) fn add(&mut self, cell: Option<&KataRecord>) -> Result<()> {
        let outcome = cell.map(|cell| self.outcome(cell)).transpose()?;
        self.sources
            .push(outcome.as_ref().and_then(|outcome| outcome.source));
        let place = outcome.map(|outcome| self.results.keep(&outcome, || policy::json(&outcome)));
        self.cells.push(place.transpose()?);
        Ok(())
    }

    /// Writes the store as JSON, and empties it for the next kata.
    pub(super) fn write(&mut self, out: &mut dyn Write) -> Result<()> {
        let lists = [
            ("{\"lines\":[", &mut self.lines),
            ("],\"texts\":[", &mut self.texts),
            ("],\"causes\":[", &mut self.causes),
            ("],\"results\":[", &mut self.results),
        ];
        for (key, list) in lists {
            out.write_all(key.as_bytes())?;
            list.write(out)?;
        }
        write!(out, "],\"cells\":{}}}", policy::json(&self.cells))?;
        self.cells.clear();
        self.sources.clear();
        Ok(())
    }

    fn outcome(&mut self, cell: &KataRecord) -> Result<StoredResult> {
        let answer = cell.answer.as_ref();
        let source = answer.and_then(|answer| answer.source.as_ref());
        let headline = self.keep(&cell.headline)?;
        let screen = self.keep(&clipped(&cell.screen, SHOWN))?;
        let source = source.map(|source| self.keep(&clipped(source, SHOWN)));
        let source = source.transpose()?;
        let cases = cell.cases.iter().map(|case| {
            let said = self.keep(&case.said)?;
            let printed = self.keep(&clipped(&case.printed, PRINTED))?;
            Ok((case_letter(case.status), said, printed))
        });
        let cases = cases.collect::<Result<_>>()?;
        let causes = cell.causes.iter().map(|cause| {
            let cause = (
                &cause.kind,
                &cause.id,
                cause.certain,
                &cause.lead,
                &cause.text,
            );
            self.causes.keep(&cause, || policy::json(&cause))
        });
        Ok(StoredResult {
            letter: letter(cell.status),
            given: shown(cell.points.given),
            headline,
            screen,
            file: answer.map_or_else(String::new, |answer| answer.file.clone()),
            source,
            cases,
            causes: causes.collect::<Result<_>>()?,
            errors: messages(&cell.errors),
            warnings: messages(&cell.warnings),
        })
    }

    fn keep(&mut self, text: &str) -> Result<u32> {
        let text = visible(text);
        if let Some(place) = self.texts.find(&text) {
            return Ok(place);
        }
        let lines = text.split('\n');
        let lines = lines.map(|line| self.lines.keep(line, || policy::json(&line)));
        let lines = lines.collect::<Result<Vec<u32>>>()?;
        self.texts.keep(&text, || policy::json(&lines))
    }
}

fn messages(messages: &[Message]) -> Vec<(String, String, u32)> {
    let message = |one: &Message| (one.code.clone(), visible(&one.text), one.line);
    messages.iter().map(message).collect()
}

/// A list of distinct JSON values in a spill.
struct List {
    spill: Spill,
    length: u32,
    /// Two hashes of each value, and its index.
    known: HashMap<[u64; 2], u32>,
    hashes: [RandomState; 2],
}

impl List {
    fn new(spill: Spill) -> Self {
        Self {
            spill,
            length: 0,
            known: HashMap::new(),
            hashes: [RandomState::new(), RandomState::new()],
        }
    }

    /// Returns the index of a known value.
    fn find(&self, value: &(impl Hash + ?Sized)) -> Option<u32> {
        self.known.get(&self.hash(value)).copied()
    }

    /// Returns the index of a value; a new one is appended.
    fn keep(&mut self, value: &(impl Hash + ?Sized), json: impl FnOnce() -> String) -> Result<u32> {
        let hash = self.hash(value);
        if let Some(place) = self.known.get(&hash) {
            return Ok(*place);
        }
        let place = self.length;
        if place > 0 {
            self.spill.write_all(b",")?;
        }
        self.spill.write_all(json().as_bytes())?;
        self.length += 1;
        if self.known.len() < MOST_KNOWN {
            self.known.insert(hash, place);
        }
        Ok(place)
    }

    fn hash(&self, value: &(impl Hash + ?Sized)) -> [u64; 2] {
        self.hashes.each_ref().map(|state| state.hash_one(value))
    }

    /// Writes the values separated by commas, and clears the list.
    fn write(&mut self, out: &mut dyn Write) -> Result<()> {
        self.spill.copy_to(out)?;
        self.spill.clear()?;
        self.length = 0;
        self.known.clear();
        Ok(())
    }
}
