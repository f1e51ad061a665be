//! Records the outcomes of mistakes as fingerprints, with as few slow digests as possible.

use std::collections::HashMap;

use super::SealError;
use super::canonical::{beside, canonical};
use super::digests::{Digester, Pace, Question};
use super::lock::Commitment;
use super::mistake::{Fingerprint, Mistake, Recorded, source_digest};
use super::parts::Parts;
use super::short::ShortDigest;
use crate::array::Value;
use crate::compare::compare_values;
use crate::spec::{Case, CaseKind};
use crate::verdict::Failure;

/// Records the outcome of each mistake on each case of the spec.
pub(super) fn record(
    parts: &Parts<'_>,
    mistakes: &[Mistake],
    hidden: &[Commitment],
) -> Result<Vec<Recorded>, SealError> {
    let mut recorded: Vec<Recorded> = mistakes
        .iter()
        .map(|mistake| Recorded {
            id: mistake.id.clone(),
            track: mistake.track.clone(),
            source: source_digest(&mistake.source),
            cases: quick_fingerprints(parts, mistake),
        })
        .collect();
    let (places, questions) = needed(parts, mistakes, hidden, &recorded);
    let digester = Digester {
        cost: parts.cost,
        cache: parts.cache,
        pace: Pace::SideBySide,
    };
    // All slow digests are computed together, to use every processor.
    let digests = digester.digests(&questions)?;
    for ((mistake, case), digest) in places.into_iter().zip(digests) {
        recorded[mistake].cases[case] = Fingerprint::Digest(ShortDigest::start_of(&digest.0));
    }
    Ok(recorded)
}

/// The fingerprints of a mistake without slow digests.
fn quick_fingerprints(parts: &Parts<'_>, mistake: &Mistake) -> Vec<Fingerprint> {
    let cases = parts.spec.cases.iter().zip(&mistake.outcomes);
    let fingerprint = |(case, outcome): (&Case, _)| {
        let form = form(parts, case, Result::as_ref(outcome));
        let rules = parts.spec.rules(&case.dims);
        let is_equal = |expected: &Value| {
            let got = outcome.as_ref().ok();
            got.is_some_and(|got| {
                compare_values(expected, got, &rules, parts.spec.zeros).is_equal()
            })
        };
        match (case.kind, outcome) {
            (CaseKind::Hidden, Ok(_)) => match expected(parts, case) {
                Some(right) if self::form(parts, case, Ok(right)) == form => Fingerprint::Right,
                _ => Fingerprint::Wrong,
            },
            _ if case.expect.as_ref().is_some_and(is_equal) => Fingerprint::Right,
            (CaseKind::Shown, _) => Fingerprint::shown(parts.spec, &rules, outcome, &form),
            _ => Fingerprint::quick(outcome, &form),
        }
    };
    cases.map(fingerprint).collect()
}

/// The wrong outputs of hidden cases that are recorded, by mistake and case: those of mistakes without a wrong output on a
/// shown case, and of those that the shown cases do not tell apart, which only the author's checks compare.
fn needed(
    parts: &Parts<'_>,
    mistakes: &[Mistake],
    hidden: &[Commitment],
    recorded: &[Recorded],
) -> (Vec<(usize, usize)>, Vec<Question>) {
    let shown = |recorded: &Recorded| -> Vec<Fingerprint> {
        let cases = parts.spec.cases.iter().zip(&recorded.cases);
        let shown = cases.filter(|(case, _)| case.kind == CaseKind::Shown);
        shown.map(|(_, found)| found.clone()).collect()
    };
    let mut alike: HashMap<(&str, Vec<Fingerprint>), usize> = HashMap::new();
    for known in recorded {
        *alike.entry((&known.track, shown(known))).or_default() += 1;
    }
    let (mut places, mut questions) = (Vec::new(), Vec::new());
    for (number, (known, mistake)) in recorded.iter().zip(mistakes).enumerate() {
        let shown = shown(known);
        let has_output = shown.iter().any(Fingerprint::is_wrong_output);
        if has_output && alike[&(known.track.as_str(), shown)] == 1 {
            continue;
        }
        let cases = parts.spec.cases.iter().zip(&mistake.outcomes).enumerate();
        for (place, (case, outcome)) in cases {
            let commitment = hidden.iter().find(|hidden| hidden.case == case.name);
            if let (Fingerprint::Wrong, Some(commitment)) = (&known.cases[place], commitment) {
                places.push((number, place));
                questions.push(Question {
                    salt: commitment.salt,
                    canonical: form(parts, case, outcome.as_ref()),
                });
            }
        }
    }
    (places, questions)
}

fn form(parts: &Parts<'_>, case: &Case, outcome: Result<&Value, &Failure>) -> Vec<u8> {
    match expected(parts, case) {
        Some(expected) => beside(parts.spec, case, expected, outcome),
        None => canonical(parts.spec, case.kind, outcome),
    }
}

/// The expected output of a hidden case.
fn expected<'a>(parts: &Parts<'a>, case: &Case) -> Option<&'a Value> {
    let found = parts.hidden.iter().find(|(name, _)| *name == case.name);
    found.map(|(_, expected)| expected)
}
