//! Which mistakes the class made, as the diagnosis names them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::class::Class;
use super::groups::{Groups, Sort, Who};
use crate::record::Cause;

/// Holds the mistakes made in one kata.
#[derive(Serialize)]
pub(super) struct Made {
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

/// Lists the mistakes of each kata, those that most made first.
pub(super) fn mistakes(class: &Class<'_>, groups: &mut Groups) -> Vec<Made> {
    let katas = class.record.course.katas.iter().enumerate();
    let made = katas.map(|(kata, about)| Made {
        kata: about.id.clone(),
        title: about.title.clone(),
        mistakes: of_kata(class, kata, groups),
    });
    made.filter(|made| !made.mistakes.is_empty()).collect()
}

fn of_kata(class: &Class<'_>, kata: usize, groups: &mut Groups) -> Vec<Mistake> {
    let mut found: BTreeMap<(&str, &str), Vec<(usize, &Cause)>> = BTreeMap::new();
    for (student, cell) in class.wrong(kata) {
        for cause in &cell.causes {
            let made = found.entry((&cause.kind, &cause.id)).or_default();
            if made.last().is_none_or(|(last, _)| *last != student) {
                made.push((student, cause));
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, made)| std::cmp::Reverse(made.len()));
    let mistakes = found.into_iter().map(|((kind, id), made)| {
        let certain = made.iter().filter(|(_, cause)| cause.certain).count();
        let told = made
            .iter()
            .find(|(_, cause)| cause.certain)
            .or(made.first());
        let members: Vec<usize> = made.iter().map(|(student, _)| *student).collect();
        Mistake {
            id: id.to_owned(),
            kind: words(kind),
            text: told.map_or_else(String::new, |(_, cause)| cause.text.clone()),
            certain,
            likely: made.len() - certain,
            who: groups.add(kata, id.to_owned(), Sort::Mistake, members, &class.labels),
        }
    });
    mistakes.collect()
}

/// What kind of explanation it is, in words.
fn words(kind: &str) -> &'static str {
    match kind {
        "pitfall" => "known mistake of this kata",
        "variant" => "variant of the solution",
        _ => "general cause",
    }
}
