//! Mutants: copies of the reference solution, each with one small change such as a tired learner might make.
//!
//! `katas author check` runs them; if no case catches one, a case is missing, unless the mutant behaves like the
//! solution. The changes work on tokens, without types: what does not compile is dropped later.
//!
//! To add a kind of change: add a function to a file of this module, and a line to [`CHANGES`].

mod arguments;
mod axes;
mod change;
mod live;
mod statements;
mod values;

use crate::spec::Spec;
use crate::tokens::Source;
use crate::track::{MOST_MUTANTS, Mutant};
use change::Change;
use live::Live;

/// Finds the changes of one kind.
type Find = fn(&Source<'_>, &Live<'_>, &mut Vec<Change>);

/// The kinds of changes; those that port weights wrongly come first.
const CHANGES: &[Find] = &[
    axes::turns_left_out,
    axes::turns_added,
    axes::inputs_reversed,
    arguments::swapped,
    statements::left_out,
    values::texts,
    values::calls_left_out,
    values::operators,
    values::numbers,
    values::off_by_one,
];

/// Creates the mutants of a solution, at most [`MOST_MUTANTS`]: if there are more, some of each kind. There are no
/// duplicates.
pub(super) fn mutants(spec: &Spec, solution: &str) -> Vec<Mutant> {
    let Some(source) = Source::read(solution) else {
        return Vec::new();
    };
    let live = Live::of(&source, spec);
    let mut kinds: Vec<Vec<Change>> = Vec::new();
    for find in CHANGES {
        let mut found = Vec::new();
        find(&source, &live, &mut found);
        kinds.push(found);
    }
    let mut found: Vec<Mutant> = Vec::new();
    for change in in_turn(kinds) {
        let changed = change.apply(solution);
        if changed == solution || found.iter().any(|mutant| mutant.source == changed) {
            continue;
        }
        let (line, diff) = diff(solution, &changed);
        found.push(Mutant {
            what: change.what,
            line,
            source: changed,
            diff,
        });
        if found.len() == MOST_MUTANTS {
            break;
        }
    }
    found.sort_by_key(|mutant| mutant.line);
    found
}

/// The first of each kind, then the second of each, and so on.
fn in_turn(kinds: Vec<Vec<Change>>) -> Vec<Change> {
    let mut kinds: Vec<_> = kinds.into_iter().map(Vec::into_iter).collect();
    let mut taken = Vec::new();
    loop {
        let before = taken.len();
        for kind in &mut kinds {
            taken.extend(kind.next());
        }
        if taken.len() == before {
            return taken;
        }
    }
}

/// The first changed line and the changed lines of two texts. A change is in one place, or in two near each other.
fn diff(old: &str, new: &str) -> (usize, String) {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let shorter = old.len().min(new.len());
    let before = (0..shorter).take_while(|at| old[*at] == new[*at]).count();
    let after = (0..shorter - before)
        .take_while(|at| old[old.len() - 1 - at] == new[new.len() - 1 - at])
        .count();
    let (left, right) = (
        &old[before..old.len() - after],
        &new[before..new.len() - after],
    );
    let range = |lines: &[&str]| {
        let first = before + usize::from(!lines.is_empty());
        match lines.len() {
            1 => format!("{first}"),
            count => format!("{first},{count}"),
        }
    };
    let mut text = format!("@@ -{} +{} @@", range(left), range(right));
    for (sign, lines) in [('-', left), ('+', right)] {
        for line in lines {
            text.push('\n');
            text.push(sign);
            text.push_str(line);
        }
    }
    (before + 1, text)
}

#[cfg(test)]
mod tests;
