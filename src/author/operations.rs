//! Checks that each operation in the spec's `uses` and `without` is counted in some language of the kata.
//!
//! `katas author check` calls it. A misspelled name would otherwise go unnoticed: nothing counts the operation, so
//! nothing forbids it.

use crate::catalog::{self, Kata};
use crate::seal::Finding;
use crate::track::Track;

/// Operations that no language of the kata counts: with one in `uses`, no answer could pass; one in `without` forbids
/// nothing.
pub(super) fn unknown(kata: &Kata, tracks: &[&'static dyn Track], findings: &mut Vec<Finding>) {
    let offered = tracks
        .iter()
        .filter(|track| kata.has_starter(track.extension()));
    let known: Vec<&str> = offered
        .flat_map(|track| track.operations())
        .copied()
        .collect();
    let keys = [("uses", &kata.spec.uses), ("without", &kata.spec.without)];
    for (key, names) in keys {
        for name in names.iter().filter(|name| !known.contains(&name.as_str())) {
            let near = catalog::near(known.iter().copied(), name);
            let instead = match near.split_first() {
                Some((first, _)) => format!("did you mean `{first}`?"),
                None => format!("name one of {}", known.join(", ")),
            };
            let what = format!("`{key}` names `{name}`, which katas does not count.");
            findings.push(Finding { what, instead });
        }
    }
}
