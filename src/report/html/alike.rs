//! Answers that look alike, for a teacher to look at.

use std::collections::BTreeMap;

use serde::Serialize;

use super::class::Class;
use super::groups::{Groups, Sort, Who};
use super::store::Store;
use crate::similar::{self, Alike, Form, Pair, Region};

/// How many groups of equal answers are listed for a kata.
const MOST_GROUPS: usize = 25;

/// Holds what looks alike in one kata.
#[derive(Serialize)]
pub(super) struct Listed {
    kata: String,
    title: String,
    place: usize,
    same: Vec<Same>,
    more_same: usize,
    pairs: Vec<Two>,
    more: usize,
    /// What the page's script needs of the pairs, as JSON.
    marks: String,
}

/// Holds students whose answers are the same, to the byte or but for names and layout.
#[derive(Serialize)]
struct Same {
    words: &'static str,
    tokens: usize,
    who: Who,
    /// Where in the marks two of them stand side by side; none when they are equal to the byte.
    mark: Option<usize>,
}

#[derive(Serialize)]
struct Two {
    score: u32,
    tokens: usize,
    one: String,
    other: String,
    /// How many more students each side stands for.
    more_one: usize,
    more_other: usize,
    mark: usize,
}

/// Two texts side by side: the students, the texts in the store, and runs as UTF-16 places.
#[derive(Serialize)]
struct Mark {
    students: (usize, usize),
    texts: (usize, usize),
    score: u32,
    regions: Vec<[usize; 4]>,
}

/// Lists what looks alike in each kata.
pub(super) fn alike(class: &Class<'_>, stores: &[Store], groups: &mut Groups) -> Vec<Listed> {
    let katas = stores.iter().enumerate();
    let listed = katas.map(|(kata, store)| of_kata(class, kata, store, groups));
    listed
        .filter(|listed| !listed.same.is_empty() || !listed.pairs.is_empty())
        .collect()
}

fn of_kata(class: &Class<'_>, kata: usize, store: &Store, groups: &mut Groups) -> Listed {
    let about = &class.record.course.katas[kata];
    // Equal sources are one text of the store.
    let mut handed_in: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (student, text) in store.sources.iter().enumerate() {
        if let Some(text) = text {
            handed_in.entry(*text).or_default().push(student);
        }
    }
    let texts: Vec<(usize, String)> = handed_in
        .keys()
        .map(|text| (*text, store.text(*text)))
        .collect();
    let sources: Vec<&str> = texts.iter().map(|(_, source)| source.as_str()).collect();
    let found = similar::alike(&sources, about.starter.as_deref());
    let mut of = OfKata {
        class,
        kata,
        found: &found,
        texts: &texts,
        handed_in: &handed_in,
        marks: Vec::new(),
    };
    let mut forms: Vec<&Form> = found
        .forms
        .iter()
        .filter(|form| form.own >= similar::FOUND)
        .collect();
    forms.retain(|form| of.students(form).len() > 1);
    forms.sort_by_key(|form| std::cmp::Reverse(of.students(form).len()));
    let more_same = forms.len().saturating_sub(MOST_GROUPS);
    forms.truncate(MOST_GROUPS);
    let same = forms
        .into_iter()
        .map(|form| of.same(form, groups))
        .collect();
    let pairs = found.pairs.iter().map(|pair| of.two(pair)).collect();
    Listed {
        kata: about.id.clone(),
        title: about.title.clone(),
        place: kata,
        same,
        more_same,
        pairs,
        more: found.more,
        marks: super::policy::json(&of.marks),
    }
}

struct OfKata<'a> {
    class: &'a Class<'a>,
    kata: usize,
    found: &'a Alike,
    /// The place of each different text in the store, and the text.
    texts: &'a [(usize, String)],
    handed_in: &'a BTreeMap<usize, Vec<usize>>,
    marks: Vec<Mark>,
}

impl OfKata<'_> {
    /// The students whose answers have a form, in the order of the class.
    fn students(&self, form: &Form) -> Vec<usize> {
        let texts = form.members.iter().map(|member| self.texts[*member].0);
        let mut students: Vec<usize> = texts
            .flat_map(|text| self.handed_in[&text].iter().copied())
            .collect();
        students.sort_unstable();
        students
    }

    fn same(&mut self, form: &Form, groups: &mut Groups) -> Same {
        let students = self.students(form);
        let (words, mark) = match form.members.as_slice() {
            [one, other, ..] => {
                let all = |text: &str| 0..text.len();
                let whole = Region {
                    one: all(&self.texts[*one].1),
                    other: all(&self.texts[*other].1),
                };
                let mark = self.mark(*one, *other, 100, &[whole]);
                (
                    "the same but for names, numbers, comments and layout",
                    Some(mark),
                )
            }
            _ => ("identical files", None),
        };
        Same {
            words,
            tokens: form.own,
            who: groups.add(
                self.kata,
                words.to_owned(),
                Sort::Other,
                students,
                &self.class.labels,
            ),
            mark,
        }
    }

    fn two(&mut self, pair: &Pair) -> Two {
        let found = self.found;
        let (one, other) = (&found.forms[pair.one], &found.forms[pair.other]);
        let mark = self.mark(one.members[0], other.members[0], pair.score, &pair.regions);
        let label = |form: &Form| {
            let students = self.students(form);
            let first = self.handed_in[&self.texts[form.members[0]].0][0];
            (self.class.labels[first].clone(), students.len() - 1)
        };
        let ((one, more_one), (other, more_other)) = (label(one), label(other));
        Two {
            score: pair.score,
            tokens: pair.tokens,
            one,
            other,
            more_one,
            more_other,
            mark,
        }
    }

    /// Keeps two texts to be shown side by side, and says where.
    fn mark(&mut self, one: usize, other: usize, score: u32, regions: &[Region]) -> usize {
        let (a, b) = (&self.texts[one], &self.texts[other]);
        let places = |text: &str, at: usize| text[..at].encode_utf16().count();
        let regions = regions.iter().map(|region| {
            [
                places(&a.1, region.one.start),
                places(&a.1, region.one.end),
                places(&b.1, region.other.start),
                places(&b.1, region.other.end),
            ]
        });
        let mark = Mark {
            students: (self.handed_in[&a.0][0], self.handed_in[&b.0][0]),
            texts: (a.0, b.0),
            score,
            regions: regions.collect(),
        };
        self.marks.push(mark);
        self.marks.len() - 1
    }
}
