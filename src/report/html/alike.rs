//! Similar answers, for a teacher to review.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Result;

use serde::Serialize;

use super::class::Class;
use super::groups::{Groups, Sort, Who};
use super::words::{SHOWN, clipped, visible};
use crate::similar::{self, Alike, Form, Pair, Region};

/// The maximum number of groups of equal answers that are listed for a kata.
const MOST_GROUPS: usize = 25;

/// The similar answers to one kata.
#[derive(Serialize)]
pub(super) struct Listed {
    kata: String,
    title: String,
    pub(super) place: usize,
    same: Vec<Same>,
    more_same: usize,
    pairs: Vec<Two>,
    more: usize,
    /// Whether only a part of each answer was compared.
    is_sampled: bool,
    /// The pairs as JSON, for the page's script.
    #[serde(skip)]
    pub(super) marks: String,
}

/// Students whose answers are equal, byte for byte or except for names and formatting.
#[derive(Serialize)]
struct Same {
    words: &'static str,
    tokens: usize,
    who: Who,
    /// The index in the marks where two of them are compared; `None` if they are equal byte for byte.
    mark: Option<usize>,
}

#[derive(Serialize)]
struct Two {
    score: u32,
    tokens: usize,
    one: String,
    other: String,
    /// The number of further students on each side.
    more_one: usize,
    more_other: usize,
    mark: usize,
}

/// Two texts side by side: the students, the texts in the store, and runs as UTF-16 offsets.
#[derive(Serialize)]
struct Mark {
    students: (u32, u32),
    texts: (u32, u32),
    score: u32,
    regions: Vec<[usize; 4]>,
}

/// The similar answers to one kata, before its groups have numbers.
pub(super) struct SimilarAnswers {
    same: Vec<(&'static str, usize, Vec<u32>, Option<usize>)>,
    more_same: usize,
    pairs: Vec<Two>,
    more: usize,
    is_sampled: bool,
    marks: String,
}

impl SimilarAnswers {
    /// Finds the similar answers to a kata; `sources` says which text of its store each student submitted.
    pub(super) fn of(class: &Class<'_>, kata: usize, sources: &[Option<u32>]) -> Result<Self> {
        let about = &class.record.course.katas[kata];
        // Equal sources are a single text in the store.
        let mut handed_in: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (text, student) in sources.iter().zip(0..) {
            if let Some(text) = text {
                handed_in.entry(*text).or_default().push(student);
            }
        }
        let texts = handed_in.into_iter().collect::<Vec<_>>();
        let read = |text: usize| source(class, kata, texts[text].1[0]);
        let found = similar::alike(texts.len(), read, about.starters.values())?;
        let mut of = OfKata {
            class,
            kata,
            found: &found,
            texts: &texts,
            marks: Vec::new(),
        };
        let mut forms: Vec<&Form> = found
            .forms
            .iter()
            .filter(|form| form.own >= similar::FOUND)
            .collect();
        forms.retain(|form| of.students(form).len() > 1);
        forms.sort_by_key(|form| Reverse(of.students(form).len()));
        let more_same = forms.len().saturating_sub(MOST_GROUPS);
        forms.truncate(MOST_GROUPS);
        let same = forms.into_iter().map(|form| of.same(form));
        let same = same.collect::<Result<_>>()?;
        let pairs = found.pairs.iter().map(|pair| of.two(pair));
        let pairs = pairs.collect::<Result<_>>()?;
        Ok(Self {
            same,
            more_same,
            pairs,
            more: found.more,
            is_sampled: found.is_sampled,
            marks: super::policy::json(&of.marks),
        })
    }

    /// Lists them, if there are any.
    pub(super) fn told(
        self,
        class: &Class<'_>,
        kata: usize,
        groups: &mut Groups,
    ) -> Option<Listed> {
        if self.same.is_empty() && self.pairs.is_empty() {
            return None;
        }
        let about = &class.record.course.katas[kata];
        let same = self.same.into_iter();
        let same = same.map(|(words, tokens, students, mark)| Same {
            words,
            tokens,
            who: groups.add(kata, words.to_owned(), Sort::Other, students, &class.labels),
            mark,
        });
        Some(Listed {
            kata: about.id.clone(),
            title: about.title.clone(),
            place: kata,
            same: same.collect(),
            more_same: self.more_same,
            pairs: self.pairs,
            more: self.more,
            is_sampled: self.is_sampled,
            marks: self.marks,
        })
    }
}

/// The index in the store of a student's answer.
fn source(class: &Class<'_>, kata: usize, student: u32) -> Result<String> {
    let cell = class.read(student as usize, kata)?;
    let answer = cell.answer.as_ref();
    let source = answer.and_then(|answer| answer.source.as_deref());
    Ok(visible(&clipped(source.unwrap_or_default(), SHOWN)))
}

struct OfKata<'a> {
    class: &'a Class<'a>,
    kata: usize,
    found: &'a Alike,
    /// The index in the store of each different text, and who submitted it.
    texts: &'a [(u32, Vec<u32>)],
    marks: Vec<Mark>,
}

impl OfKata<'_> {
    /// The students whose answers have a form, in the order of the class.
    fn students(&self, form: &Form) -> Vec<u32> {
        let texts = form.members.iter();
        let mut students: Vec<u32> = texts
            .flat_map(|text| self.texts[*text].1.iter().copied())
            .collect();
        students.sort_unstable();
        students
    }

    fn same(&mut self, form: &Form) -> Result<(&'static str, usize, Vec<u32>, Option<usize>)> {
        let students = self.students(form);
        let [one, other, ..] = form.members.as_slice() else {
            return Ok(("identical files", form.own, students, None));
        };
        let words = "the same except for names, numbers, comments and formatting";
        let mark = self.mark(*one, *other, 100, |one, other| {
            vec![Region {
                one: 0..one.len(),
                other: 0..other.len(),
            }]
        })?;
        Ok((words, form.own, students, Some(mark)))
    }

    fn two(&mut self, pair: &Pair) -> Result<Two> {
        let found = self.found;
        let (one, other) = (&found.forms[pair.one], &found.forms[pair.other]);
        let regions = |_: &str, _: &str| pair.regions.clone();
        let mark = self.mark(one.members[0], other.members[0], pair.score, regions)?;
        let label = |form: &Form| {
            let first = self.texts[form.members[0]].1[0] as usize;
            (
                self.class.labels[first].clone(),
                self.students(form).len() - 1,
            )
        };
        let ((one, more_one), (other, more_other)) = (label(one), label(other));
        Ok(Two {
            score: pair.score,
            tokens: pair.tokens,
            one,
            other,
            more_one,
            more_other,
            mark,
        })
    }

    /// Adds two texts to be shown side by side, and returns their index.
    fn mark(
        &mut self,
        one: usize,
        other: usize,
        score: u32,
        regions: impl Fn(&str, &str) -> Vec<Region>,
    ) -> Result<usize> {
        let (a, b) = (&self.texts[one], &self.texts[other]);
        let read = |student| source(self.class, self.kata, student);
        let (one, other) = (read(a.1[0])?, read(b.1[0])?);
        let places = |text: &str, at: usize| text[..at].encode_utf16().count();
        let regions = regions(&one, &other).into_iter().map(|region| {
            [
                places(&one, region.one.start),
                places(&one, region.one.end),
                places(&other, region.other.start),
                places(&other, region.other.end),
            ]
        });
        let mark = Mark {
            students: (a.1[0], b.1[0]),
            texts: (a.0, b.0),
            score,
            regions: regions.collect(),
        };
        self.marks.push(mark);
        Ok(self.marks.len() - 1)
    }
}
