//! The store of one kata: what came of every answer, with each text, each line and each result kept once.
//!
//! A thousand answers to a kata share most of their lines with each other and with the starter, so a text is a list of
//! lines. The page's script reads a store when it is first asked for something in it.

use std::collections::HashMap;

use serde::Serialize;

use super::class::Class;
use super::policy;
use super::words::{PRINTED, SHOWN, case_letter, clipped, letter, visible};
use crate::record::{Cause, KataRecord, Message, shown};

/// Holds what the page's script can show of one kata.
#[derive(Default, Serialize)]
pub(super) struct Store {
    /// Every line of every text.
    lines: Vec<String>,
    /// Every text, as places in `lines`.
    texts: Vec<Vec<usize>>,
    /// Every cause: kind, id, certain, lead, text.
    causes: Vec<(String, String, bool, String, String)>,
    /// Every result.
    results: Vec<Result>,
    /// The result of each student; none where there is nothing to show.
    cells: Vec<Option<usize>>,
    /// The source of each student's answer, as a place in `texts`.
    #[serde(skip)]
    pub(super) sources: Vec<Option<usize>>,
    #[serde(skip)]
    known: Known,
}

#[derive(Default)]
struct Known {
    lines: HashMap<String, usize>,
    texts: HashMap<String, usize>,
    causes: HashMap<(String, String, bool, String, String), usize>,
    results: HashMap<Result, usize>,
}

/// Holds what came of an answer, with texts as places.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
struct Result {
    letter: char,
    given: String,
    headline: usize,
    screen: usize,
    file: String,
    source: Option<usize>,
    /// Status, sentence and what was printed.
    cases: Vec<(char, usize, usize)>,
    causes: Vec<usize>,
    errors: Vec<(String, String, u32)>,
    warnings: Vec<(String, String, u32)>,
}

impl Store {
    /// Fills the store of a kata.
    pub(super) fn of(class: &Class<'_>, kata: usize) -> Self {
        let mut store = Self::default();
        for (_, cell) in class.cells(kata) {
            let result = cell.map(|cell| store.result(cell));
            let source = result.as_ref().and_then(|result| result.source);
            let place = result.map(|result| {
                let next = store.results.len();
                *store
                    .known
                    .results
                    .entry(result)
                    .or_insert_with_key(|result| {
                        store.results.push(result.clone());
                        next
                    })
            });
            store.cells.push(place);
            store.sources.push(source);
        }
        store
    }

    /// Writes the store into the page.
    pub(super) fn json(&self) -> String {
        policy::json(self)
    }

    /// Gives a text back.
    pub(super) fn text(&self, place: usize) -> String {
        let lines: Vec<_> = self.texts[place]
            .iter()
            .map(|line| self.lines[*line].as_str())
            .collect();
        lines.join("\n")
    }

    fn result(&mut self, cell: &KataRecord) -> Result {
        let answer = cell.answer.as_ref();
        let source = answer.and_then(|answer| answer.source.as_ref());
        Result {
            letter: letter(Some(cell)),
            given: shown(cell.points.given),
            headline: self.keep(&cell.headline),
            screen: self.keep(&clipped(&cell.screen, SHOWN)),
            file: answer.map_or_else(String::new, |answer| answer.file.clone()),
            source: source.map(|source| self.keep(&clipped(source, SHOWN))),
            cases: cell
                .cases
                .iter()
                .map(|case| {
                    (
                        case_letter(case.status),
                        self.keep(&case.said),
                        self.keep(&clipped(&case.printed, PRINTED)),
                    )
                })
                .collect(),
            causes: cell.causes.iter().map(|cause| self.cause(cause)).collect(),
            errors: messages(&cell.errors),
            warnings: messages(&cell.warnings),
        }
    }

    fn keep(&mut self, text: &str) -> usize {
        let text = visible(text);
        if let Some(place) = self.known.texts.get(&text) {
            return *place;
        }
        let lines = text.split('\n').map(|line| {
            let next = self.lines.len();
            *self.known.lines.entry(line.to_owned()).or_insert_with(|| {
                self.lines.push(line.to_owned());
                next
            })
        });
        let lines = lines.collect();
        let place = self.texts.len();
        self.texts.push(lines);
        self.known.texts.insert(text, place);
        place
    }

    fn cause(&mut self, cause: &Cause) -> usize {
        let words = [&cause.kind, &cause.id, &cause.lead, &cause.text].map(Clone::clone);
        let [kind, id, lead, text] = words;
        let next = self.causes.len();
        let entry = self
            .known
            .causes
            .entry((kind, id, cause.certain, lead, text));
        *entry.or_insert_with_key(|cause| {
            self.causes.push(cause.clone());
            next
        })
    }
}

fn messages(messages: &[Message]) -> Vec<(String, String, u32)> {
    let message = |one: &Message| (one.code.clone(), visible(&one.text), one.line);
    messages.iter().map(message).collect()
}
