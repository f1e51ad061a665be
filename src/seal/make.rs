//! Creates a kata's lock and keeps whatever is still valid in the old one: unchanged inputs give the same file, byte
//! for byte.

use super::canonical::{beside, cells_of};
use super::digests::{Digester, Pace, Question};
use super::hex::Hex;
use super::lock::{Commitment, Contents, Lock};
use super::mistake::{Fingerprint, Mistake, Recorded};
use super::parts::{Parts, Used};
use super::recorded::record;
use super::{SealError, sealed, solution};
use crate::spec::{Case, CaseKind, Spec};

/// Creates the lock.
///
/// # Errors
/// When a hidden case has no expected output, there is no key for sealed cases, or a system call fails.
pub fn make(parts: &Parts<'_>, old: Option<&Lock>) -> Result<Lock, SealError> {
    // A different cost changes every digest, and everything that depends on one.
    let old = old.filter(|old| old.cost == parts.cost);
    let hidden = commitments(parts, old)?;
    // If no expected output changed, the old lock's data about a program is still valid.
    let known = old.filter(|old| old.fits(parts.spec).is_ok() && old.hidden == hidden);
    let pitfalls = record(parts, parts.mistakes, &hidden)?;
    let pitfalls = or_kept(pitfalls, parts.mistakes, known.map(Lock::pitfalls));
    let variants = record(parts, parts.variants, &hidden)?;
    let mut variants = or_kept(variants, parts.variants, known.map(Lock::variants));
    // A variant that changes no output cannot explain any answer.
    variants.retain(|variant| variant.cases.iter().any(Fingerprint::is_wrong_output));
    // Pairs that were not run are still valid if no program changed.
    let kept = known.filter(|known| known.pitfalls == pitfalls);
    let pairs = parts.pairs.cloned();
    let pairs = pairs.or_else(|| kept.and_then(|kept| kept.pairs.clone()));
    let solution = match parts.solution {
        Some(files) => Some(solution::seal(
            parts,
            files,
            old.and_then(|old| old.solution.as_ref()),
        )?),
        None => None,
    };
    let old = old.and_then(|old| old.sealed.as_ref());
    let kept = old.filter(|kept| {
        let names = kept.cases.iter().map(|case| &case.name);
        parts.class_key.is_none() && names.eq(parts.sealed.iter().map(|case| &case.name))
    });
    let sealed = match kept {
        Some(kept) => Some(kept.clone()),
        None => sealed::seal(parts, parts.sealed, old)?,
    };
    let contents = Contents {
        cost: parts.cost,
        hidden,
        pitfalls,
        variants,
        pairs,
        used: parts.used.map(<[Used]>::to_vec),
        solution,
        sealed,
    };
    Ok(Lock::new(parts.id, parts.spec, contents))
}

/// Uses the old lock's data for each program that was not run; unknown programs are left out.
fn or_kept(
    recorded: Vec<Recorded>,
    mistakes: &[Mistake],
    known: Option<&[Recorded]>,
) -> Vec<Recorded> {
    let known = known.unwrap_or_default();
    let all = recorded.into_iter().zip(mistakes);
    all.filter_map(|(recorded, mistake)| match mistake.outcomes.is_empty() {
        false => Some(recorded),
        true => known.iter().find(|known| known.is_of(mistake)).cloned(),
    })
    .collect()
}

/// Commits to each hidden output. The old salt is kept while the old digest is still right.
fn commitments(parts: &Parts<'_>, old: Option<&Lock>) -> Result<Vec<Commitment>, SealError> {
    let digester = Digester {
        cost: parts.cost,
        cache: parts.cache,
        pace: Pace::SideBySide,
    };
    let mut hidden = Vec::new();
    for case in hidden_cases(parts.spec) {
        let found = parts.hidden.iter().find(|(name, _)| *name == case.name);
        let (_, expected) = found.ok_or_else(|| SealError::NoOutput {
            case: case.name.clone(),
        })?;
        let form = beside(parts.spec, case, expected, Ok(expected));
        let known = old.and_then(|old| old.commitment(&case.name).ok());
        hidden.push((case, form, known, cells_of(parts.spec, case, expected)));
    }
    let ask = |salt, form: &Vec<u8>| Question {
        salt,
        canonical: form.clone(),
    };
    let mut questions = Vec::new();
    for (_, form, known, _) in &hidden {
        let salt = match known {
            Some(known) => known.salt,
            None => Hex::random()?,
        };
        questions.push(ask(salt, form));
    }
    let mut digests = digester.digests(&questions)?;
    // The same salt for another output would reveal that both belong to the same case, so a changed output gets a new
    // salt.
    let mut changed = Vec::new();
    for (index, (_, form, known, _)) in hidden.iter().enumerate() {
        if known.is_some_and(|known| known.digest != digests[index]) {
            questions[index] = ask(Hex::random()?, form);
            changed.push(index);
        }
    }
    let again: Vec<_> = changed
        .iter()
        .map(|index| questions[*index].clone())
        .collect();
    for (index, digest) in changed.into_iter().zip(digester.digests(&again)?) {
        digests[index] = digest;
    }
    let made = hidden.iter().zip(questions).zip(digests);
    Ok(made
        .map(|(((case, _, _, cells), question), digest)| {
            Commitment::new(&case.name, question.salt, digest, cells)
        })
        .collect())
}

pub(super) fn hidden_cases(spec: &Spec) -> impl Iterator<Item = &Case> {
    let cases = spec.cases.iter();
    cases.filter(|case| case.kind == CaseKind::Hidden)
}
