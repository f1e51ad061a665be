//! Checks a kata's lock and its hidden cases: whether they are up to date and hard enough to guess.

use super::canonical::{beside, cells_of};
use super::digests::{Digester, Pace, Question};
use super::freedom::{Freedom, WIDE_BITS, WIDE_VALUES, freedom};
use super::lock::Lock;
use super::make::hidden_cases;
use super::mistake::Recorded;
use super::parts::Parts;
use super::{ClassKey, SealError};
use crate::spec::{CaseKind, Spec};

/// Something an author must change, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, as a sentence.
    pub what: String,
    /// What to do.
    pub instead: String,
}

impl Finding {
    /// Creates one.
    pub fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            instead: instead.into(),
        }
    }
}

/// Checks a kata against its lock. `parts` is the data that the lock should have been made from; its cost and the
/// outcomes of its mistakes and variants are not checked. `has_solutions` says whether the folder with the secrets
/// exists.
///
/// # Errors
/// When the key is wrong or a system call fails; everything else is a finding.
pub fn check(
    parts: &Parts<'_>,
    lock: Option<&Lock>,
    has_solutions: bool,
) -> Result<Vec<Finding>, SealError> {
    let mut findings = Vec::new();
    for case in parts
        .spec
        .cases
        .iter()
        .filter(|case| case.kind == CaseKind::Sealed)
    {
        findings.push(Finding {
            what: format!(
                "The sealed case `{}` is in kata.yaml, where everyone can read it.",
                case.name
            ),
            instead: format!("move it to solutions/{}/sealed.yaml", parts.id),
        });
    }
    if has_solutions {
        findings.extend(narrow(parts.spec, &freedoms(parts)));
    }
    let seal = || format!("katas author seal {}", parts.id);
    let stale = |why: &str| Finding {
        what: format!("kata.lock is out of date: {why}."),
        instead: seal(),
    };
    let Some(lock) = lock else {
        let needed = has_solutions || hidden_cases(parts.spec).next().is_some();
        findings.extend(needed.then(|| Finding {
            what: "There is no kata.lock.".to_owned(),
            instead: seal(),
        }));
        return Ok(findings);
    };
    if lock.fits(parts.spec).is_err() {
        findings.push(stale("kata.yaml has changed"));
        return Ok(findings);
    }
    if !has_solutions {
        return Ok(findings);
    }
    let stale_hidden = stale_hidden(parts, lock)?;
    for case in &stale_hidden {
        findings.push(stale(&format!(
            "hidden.yaml has a different output for `{case}`"
        )));
    }
    if let (true, Some(files)) = (
        lock.has_solution() && stale_hidden.is_empty(),
        parts.solution,
    ) && lock
        .open_solution(parts.id, parts.spec, parts.hidden)?
        .as_deref()
        != Some(files)
    {
        findings.push(stale("the reference solution has changed"));
    }
    let (recorded, mistakes) = (lock.pitfalls(), parts.mistakes);
    let mut pairs = recorded.iter().zip(mistakes);
    if recorded.len() != mistakes.len() || !pairs.all(|(known, mistake)| known.is_of(mistake)) {
        findings.push(stale("the wrong implementations have changed"));
    }
    // Which variants have an effect is known only after running them; the recorded ones must be current.
    let is_known = |known: &Recorded| {
        let mut variants = parts.variants.iter();
        variants.any(|variant| known.is_of(variant))
    };
    if !lock.variants().iter().all(is_known) {
        findings.push(stale(
            "the variants of the solution are generated differently now",
        ));
    }
    if parts.used.is_some() && lock.used.as_deref() != parts.used {
        findings.push(stale(match lock.used {
            Some(_) => "it lists inputs other than those that matter",
            None => "it does not say which inputs matter",
        }));
    }
    if !sealed_fits(parts, lock, parts.class_key)? {
        findings.push(stale("sealed.yaml has changed"));
    }
    Ok(findings)
}

/// Counts the freedom of each hidden and sealed case, by name.
#[must_use]
pub fn freedoms(parts: &Parts<'_>) -> Vec<(String, Freedom)> {
    let hidden = hidden_cases(parts.spec).filter_map(|case| {
        let (_, expected) = parts.hidden.iter().find(|(name, _)| *name == case.name)?;
        let cells = cells_of(parts.spec, case, expected);
        Some((case.name.clone(), freedom(expected, &case.given, &cells)))
    });
    let sealed = parts.sealed.iter().filter_map(|case| {
        let expected = case.expect.as_ref()?;
        Some((case.name.clone(), freedom(expected, &case.given, &[])))
    });
    hidden.chain(sealed).collect()
}

/// Requires one wide hidden case, or the author's reason why there is none.
fn narrow(spec: &Spec, freedoms: &[(String, Freedom)]) -> Option<Finding> {
    let has_wide = freedoms.iter().any(|(_, freedom)| freedom.is_wide());
    match (&spec.narrow, has_wide) {
        (None, false) => Some(Finding {
            what: format!(
                "No hidden case is wide: none has {} distinct outputs and more than {} bits of freedom.",
                WIDE_VALUES,
                WIDE_BITS
            ),
            instead: "add one with many arbitrary outputs, or say in kata.yaml why there can be none: `narrow: ...`"
                .to_owned(),
        }),
        (Some(_), true) => Some(Finding {
            what: "kata.yaml says `narrow`, but a hidden case is wide.".to_owned(),
            instead: "leave out `narrow`".to_owned(),
        }),
        _ => None,
    }
}

fn stale_hidden(parts: &Parts<'_>, lock: &Lock) -> Result<Vec<String>, SealError> {
    let mut questions = Vec::new();
    let mut known = Vec::new();
    for case in hidden_cases(parts.spec) {
        let Some((_, expected)) = parts.hidden.iter().find(|(name, _)| *name == case.name) else {
            continue;
        };
        let commitment = lock.commitment(&case.name)?;
        questions.push(Question {
            salt: commitment.salt,
            canonical: beside(parts.spec, case, expected, Ok(expected)),
        });
        known.push(commitment);
    }
    let digester = Digester {
        cost: lock.cost(),
        cache: parts.cache,
        pace: Pace::SideBySide,
    };
    let digests = digester.digests(&questions)?;
    let both = known.into_iter().zip(digests);
    Ok(both
        .filter(|(known, digest)| known.digest != *digest)
        .map(|(known, _)| known.case.clone())
        .collect())
}

/// Without the key, only the names can be compared.
fn sealed_fits(parts: &Parts<'_>, lock: &Lock, key: Option<&ClassKey>) -> Result<bool, SealError> {
    match key {
        Some(key) => lock.has_sealed(parts.id, parts.sealed, key),
        None => Ok(lock
            .sealed_names()
            .eq(parts.sealed.iter().map(|case| case.name.as_str()))),
    }
}
