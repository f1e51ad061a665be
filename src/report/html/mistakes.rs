//! The mistakes of the class, as found by the diagnosis.

use std::collections::BTreeMap;

use serde::Serialize;

use super::class::Class;
use super::groups::{Groups, Sort, Who};
use crate::record::KataRecord;

/// The mistakes made in one kata.
#[derive(Serialize)]
pub(super) struct MistakesOfKata {
    kata: String,
    title: String,
    mistakes: Vec<Mistake>,
}

#[derive(Serialize)]
struct Mistake {
    id: String,
    kind: &'static str,
    text: String,
    certain: usize,
    likely: usize,
    who: Who,
}

/// The students who made each mistake in a kata, by its kind and id.
#[derive(Default)]
pub(super) struct MistakesByKind(BTreeMap<(String, String), Makers>);

/// The students who made a mistake.
#[derive(Default)]
struct Makers {
    members: Vec<u32>,
    certain: usize,
    /// Its text, from a certain explanation if there is one.
    text: String,
}

impl MistakesByKind {
    /// Adds a wrong answer.
    pub(super) fn add(&mut self, student: u32, cell: &KataRecord) {
        for cause in &cell.causes {
            let name = (cause.kind.clone(), cause.id.clone());
            let makers = self.0.entry(name).or_default();
            if makers.members.last() == Some(&student) {
                continue;
            }
            if makers.members.is_empty() || cause.certain && makers.certain == 0 {
                makers.text.clone_from(&cause.text);
            }
            makers.members.push(student);
            makers.certain += usize::from(cause.certain);
        }
    }

    /// Lists the mistakes, the most common first.
    pub(super) fn told(
        self,
        class: &Class<'_>,
        kata: usize,
        groups: &mut Groups,
    ) -> Option<MistakesOfKata> {
        let about = &class.record.course.katas[kata];
        let mut found: Vec<_> = self.0.into_iter().collect();
        found.sort_by_key(|(_, made)| std::cmp::Reverse(made.members.len()));
        let any = !found.is_empty();
        let mistakes = found.into_iter().map(|((kind, id), made)| Mistake {
            kind: words(&kind),
            text: made.text,
            certain: made.certain,
            likely: made.members.len() - made.certain,
            who: groups.add(kata, id.clone(), Sort::Mistake, made.members, &class.labels),
            id,
        });
        any.then(|| MistakesOfKata {
            kata: about.id.clone(),
            title: about.title.clone(),
            mistakes: mistakes.collect(),
        })
    }
}

/// The kind of explanation, in words.
fn words(kind: &str) -> &'static str {
    match kind {
        "pitfall" => "known mistake of this kata",
        "pair" => "two known mistakes",
        "variant" => "variant of the solution",
        _ => "general cause",
    }
}
