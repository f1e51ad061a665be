//! Collects the evidence about a wrong answer for `diagnose`: the outcome of each case, the fingerprints of known
//! mistakes, and the program's outputs for changed inputs.

use super::again::Again;
use super::ignored::ignored_inputs;
use super::row::Row;
use super::{GradeError, Request, probes, trace};
use crate::array::Value;
use crate::diagnose::{
    CaseEvidence, CaseOutput, Certainty, Evidence, Explanation, Fingerprint, InputChange, Known,
    KnownKind, MOST, Speaks, Subject, diagnose, diagnose_known, is_effect, variant,
};
use crate::seal::{self, Digester, Lock, Question, Recorded, ShortDigest, canonical};
use crate::spec::{CaseKind, Spec};
use crate::verdict::CaseVerdict;

/// Explains an answer that does not pass; empty if there is no explanation.
///
/// Without a lock, only general causes are found.
pub(super) fn explain(
    request: &Request<'_>,
    lock: Option<&Lock>,
    again: &Again<'_>,
    rows: &[Row<'_>],
) -> Result<Vec<Explanation>, GradeError> {
    let wrong = |row: &&Row<'_>| !row.result.good() && !row.result.is_waiting();
    let unwritten = |row: &Row<'_>| matches!(&row.result.verdict, CaseVerdict::Failed(failure) if failure.is_unwritten());
    let mut all_wrong = rows.iter().filter(wrong).peekable();
    if all_wrong.peek().is_none() || all_wrong.all(unwritten) {
        return Ok(Vec::new());
    }
    let slow = slow_digests(request, lock, rows);
    let cases = cases(request, rows, &slow);
    let mut evidence = Evidence {
        spec: &request.kata.spec,
        known: known(request, lock, &cases),
        cases,
        ignored_inputs: Vec::new(),
        traced: Vec::new(),
        refuted: Vec::new(),
    };
    let first = diagnose(&evidence);
    let pairs = lock.and_then(Lock::pairs);
    let mut probed = None;
    if let Some(pairs) = pairs {
        probed = probes::probed(request, pairs, again)?;
    }
    let refuted = |evidence: &Evidence<'_>, told: &Explanation| {
        let probed = probed.as_ref();
        let is_likely = told.certainty == Certainty::LooksLike;
        // A known mistake that is not certain has been refuted, or has rivals.
        let is_open = !is_likely || matches!(told.subject, Subject::Cause(_));
        is_open && probed.is_some_and(|probed| !probed.agrees(evidence, told))
    };
    for told in &first {
        if refuted(&evidence, told) {
            evidence.refuted.push(told.subject.clone());
        }
    }
    let is_certain = |told: &Explanation| told.certainty == Certainty::ThisIs && !is_effect(told);
    let is_known = |told: &Explanation| !matches!(told.subject, Subject::Cause(_));
    if evidence.refuted.is_empty() && first.iter().any(is_certain) {
        return Ok(first);
    }
    evidence.ignored_inputs = ignored_inputs(request, lock, again, rows)?;
    evidence.traced = trace::traced(request, lock, again, rows)?;
    let mut told = diagnose(&evidence);
    // Without what was refuted, another cause may be the first.
    while let Some(other) = told.iter().find(|told| refuted(&evidence, told)) {
        evidence.refuted.push(other.subject.clone());
        told = diagnose(&evidence);
    }
    if !told.iter().any(is_known)
        && let Some(probed) = &probed
    {
        let found = probed.pairs(&evidence.cases);
        evidence.known = found
            .into_iter()
            .filter_map(|pair| both(&evidence, pair))
            .collect();
        if !evidence.known.is_empty() {
            // A pair says more than an effect, or than what only looks like something.
            told.retain(is_certain);
            evidence.ignored_inputs.clear();
            evidence.traced.clear();
            told.extend(diagnose_known(&evidence));
            told.truncate(MOST);
        }
    }
    Ok(told)
}

/// A pair of pitfalls that gives the answer's outputs; `None` if one of them has no text.
fn both<'a>(evidence: &Evidence<'a>, (one, other): (&str, &str)) -> Option<Known<'a>> {
    let text = |id: &str| {
        if let Some(change) = InputChange::parse(id) {
            return Some(format!("it acts as if it got {}.", change.words()));
        }
        let mut pitfalls = evidence.spec.pitfalls.iter();
        let pitfall = pitfalls.find(|pitfall| pitfall.id == id && pitfall.is_written)?;
        Some(brief(&pitfall.text))
    };
    Some(Known {
        id: format!("{one}+{other}").into(),
        kind: KnownKind::Pair,
        text: format!("First: {} Second: {}", text(one)?, text(other)?).into(),
        hint: None,
        // The shown cases agree, and no other was compared.
        fingerprints: evidence
            .cases
            .iter()
            .map(|case| case.fingerprint.clone().filter(|_| case.shown))
            .collect(),
    })
}

/// The first sentence of a text and its question at the end: two whole texts do not fit on a screen.
fn brief(text: &str) -> String {
    const END: &str = ". ";
    let (Some((first, _)), Some((_, last))) = (text.split_once(END), text.rsplit_once(END)) else {
        return text.to_owned();
    };
    match last.ends_with('?') {
        true => format!("{first}{END}{last}"),
        false => format!("{first}."),
    }
}

/// The slow digest of each wrong output of a hidden case; `None` if it cannot be computed.
fn slow_digests(
    request: &Request<'_>,
    lock: Option<&Lock>,
    rows: &[Row<'_>],
) -> Vec<Option<[u8; 32]>> {
    let known = |row: &Row<'_>| row.wrong.as_ref().and_then(|wrong| wrong.digest);
    let mut digests: Vec<_> = rows.iter().map(known).collect();
    let Some(lock) = lock else { return digests };
    let mut asked = Vec::new();
    let mut questions = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let wrong = row.wrong.as_ref().filter(|wrong| wrong.digest.is_none());
        if let (Some(wrong), Ok(commitment)) = (wrong, lock.commitment(&row.case.name)) {
            asked.push(index);
            questions.push(Question {
                salt: commitment.salt,
                canonical: wrong.canonical.clone(),
            });
        }
    }
    let digester = Digester {
        cost: lock.cost(),
        cache: request.cache,
        pace: request.pace(),
    };
    if !questions.is_empty()
        && let Ok(answers) = digester.digests(&questions)
    {
        for (index, answer) in asked.into_iter().zip(answers) {
            digests[index] = Some(answer.0);
        }
    }
    digests
}

fn cases<'a>(
    request: &Request<'a>,
    rows: &'a [Row<'a>],
    slow: &[Option<[u8; 32]>],
) -> Vec<CaseEvidence<'a>> {
    let spec = &request.kata.spec;
    let case = |(row, slow): (&'a Row<'a>, &Option<[u8; 32]>)| {
        let (outcome, fingerprint) = match &row.result.verdict {
            CaseVerdict::Passed => (CaseOutput::Right, Some(Fingerprint::Right)),
            CaseVerdict::Failed(failure) => (
                CaseOutput::Failed,
                Some(Fingerprint::Failed(canonical::word(failure))),
            ),
            CaseVerdict::Different(different) => match &different.outputs {
                Some(outputs) => {
                    let form = canonical::canonical(spec, row.case.kind, Ok(&outputs.got));
                    let quick = seal::Fingerprint::quick(&Ok(outputs.got.clone()), &form);
                    (CaseOutput::Value(&outputs.got), same(&quick))
                }
                None => {
                    let short = slow.map(|digest| ShortDigest::start_of(&digest).0);
                    (CaseOutput::Failed, short.map(Fingerprint::Digest))
                }
            },
            CaseVerdict::NotRun(_) => (CaseOutput::NotRun, None),
        };
        CaseEvidence {
            shown: row.case.kind == CaseKind::Shown,
            dims: &row.case.dims,
            given: &row.case.given,
            expected: row.case.expect.as_ref(),
            outcome,
            fingerprint,
        }
    };
    let unsealed = rows
        .iter()
        .zip(slow)
        .filter(|(row, _)| row.case.kind != CaseKind::Sealed);
    unsealed.map(case).collect()
}

/// The pitfalls of the spec and the variants with a text, with their fingerprints in the lock.
fn known<'a>(
    request: &Request<'a>,
    lock: Option<&'a Lock>,
    cases: &[CaseEvidence<'_>],
) -> Vec<Known<'a>> {
    let Some(lock) = lock else { return Vec::new() };
    let track = request.session.track();
    // A mistake gives the same bits in every language, so if this language has no fingerprint, another's is used.
    let recorded = |id: &str| {
        let mut all = lock.pitfalls().iter().filter(|known| known.id == id);
        let own = all.clone().find(|known| known.track == track);
        own.or_else(|| all.next())
    };
    let fingerprints = |recorded: &Recorded| {
        let recorded = recorded.cases.iter().zip(cases);
        let fingerprint = |(recorded, case)| told(&request.kata.spec, recorded, case);
        recorded.map(fingerprint).collect()
    };
    // A pitfall without a text is skipped.
    let pitfalls = request.kata.spec.pitfalls.iter();
    let pitfalls = pitfalls.filter(|pitfall| pitfall.is_written);
    let pitfalls = pitfalls.filter_map(|pitfall| {
        Some(Known {
            id: pitfall.id.as_str().into(),
            kind: KnownKind::Pitfall,
            text: pitfall.text.as_str().into(),
            hint: pitfall.hint,
            fingerprints: fingerprints(recorded(&pitfall.id)?),
        })
    });
    // A variant in the answer's own language takes precedence over one with the same bits in another language.
    let is_own = |known: &Recorded| known.track == track;
    let own = || lock.variants().iter().filter(|known| is_own(known));
    let is_nearest = |known: &Recorded| {
        is_own(known) || own().all(|own| own.id != known.id && own.cases != known.cases)
    };
    let variants = lock.variants().iter().filter_map(|known| {
        let words = variant(&known.id)?;
        let speaks = is_own(known) || words.speaks == Speaks::OfEveryLanguage;
        (speaks && is_nearest(known)).then(|| Known {
            id: words.id.into(),
            kind: KnownKind::Variant,
            text: words.text.into(),
            hint: None,
            fingerprints: fingerprints(known),
        })
    });
    let inputs = changed_inputs(lock).into_iter();
    let inputs = inputs.filter_map(|(recorded, changes)| {
        Some(Known {
            id: recorded.id.as_str().into(),
            kind: KnownKind::Input,
            text: InputChange::text(&changes)?.into(),
            hint: None,
            fingerprints: fingerprints(recorded),
        })
    });
    pitfalls.chain(variants).chain(inputs).collect()
}

/// The recorded changes of an input, those with the same outcomes together.
fn changed_inputs(lock: &Lock) -> Vec<(&Recorded, Vec<InputChange>)> {
    let mut groups: Vec<(&Recorded, Vec<InputChange>)> = Vec::new();
    for recorded in lock.variants() {
        let Some(change) = InputChange::parse(&recorded.id) else {
            continue;
        };
        match groups
            .iter_mut()
            .find(|(first, _)| first.cases == recorded.cases)
        {
            Some((_, changes)) => changes.push(change),
            None => groups.push((recorded, vec![change])),
        }
    }
    groups
}

/// Converts a fingerprint of the lock for `diagnose`; `None` if the outcome is not recorded. An output near the recorded
/// one has the answer's own fingerprint.
fn told(spec: &Spec, recorded: &seal::Fingerprint, case: &CaseEvidence<'_>) -> Option<Fingerprint> {
    if let (seal::Fingerprint::Near(near), CaseOutput::Value(Value::Array(got))) =
        (recorded, case.outcome)
        && near.matches(spec, &spec.rules(case.dims), got)
    {
        return case.fingerprint.clone();
    }
    same(recorded)
}

/// Converts a fingerprint without comparing outputs.
fn same(recorded: &seal::Fingerprint) -> Option<Fingerprint> {
    Some(match recorded {
        seal::Fingerprint::Right => Fingerprint::Right,
        seal::Fingerprint::Wrong => return None,
        seal::Fingerprint::Failed(word) => Fingerprint::Failed(word.clone()),
        seal::Fingerprint::Digest(digest) => Fingerprint::Digest(digest.0),
        seal::Fingerprint::Near(near) => Fingerprint::Digest(near.digest().0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(brief(text), expected);
    }

    #[test]
    fn a_brief_text_has_the_effect_and_the_question() {
        check(
            "It was 1.5 wide. So it is odd. Why?",
            "It was 1.5 wide. Why?",
        );
        check("`nnx.merge` copies. It is new.", "`nnx.merge` copies.");
        check("One sentence", "One sentence");
        check("Is it?", "Is it?");
        check("", "");
    }
}
