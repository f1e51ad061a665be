//! Gathers the evidence of a wrong answer for `diagnose`: what each case gave, how the known mistakes are recognized, and
//! what the program itself says when it is asked again with another input.

use super::run::Row;
use super::{GradeError, Request};
use crate::array::{Array, Value, parse_bits};
use crate::diagnose::{
    CaseEvidence, Certainty, Evidence, Explanation, Fingerprint, Known, KnownKind, Outcome,
    diagnose, variant,
};
use crate::seal::{self, Digester, Lock, Question, Recorded, canonical};
use crate::spec::CaseKind;
use crate::track::Program;
use crate::verdict::{CaseVerdict, Outputs};

/// Explains an answer that does not pass; empty when nothing is known to give its outputs.
pub(super) fn explain(
    request: &Request<'_>,
    program: &Program,
    rows: &[Row<'_>],
) -> Result<Vec<Explanation>, GradeError> {
    let wrong = |row: &&Row<'_>| !row.result.good() && !row.result.is_waiting();
    let unwritten = |row: &Row<'_>| matches!(&row.result.verdict, CaseVerdict::Failed(failure) if failure.is_unwritten());
    let mut all_wrong = rows.iter().filter(wrong).peekable();
    if all_wrong.peek().is_none() || all_wrong.all(unwritten) {
        return Ok(Vec::new());
    }
    // Without a lock that fits, known mistakes are not named; general causes still are.
    let lock = request.kata.fitting_lock().ok().flatten();
    let slow = slow_digests(request, lock.as_ref(), rows);
    let mut evidence = Evidence {
        spec: &request.kata.spec,
        cases: cases(request, rows, &slow),
        known: known(request, lock.as_ref()),
        ignored_inputs: Vec::new(),
    };
    let first = diagnose(&evidence);
    let certain = |told: &Explanation| told.certainty == Certainty::ThisIs;
    if first.iter().any(certain) {
        return Ok(first);
    }
    evidence.ignored_inputs = ignored_inputs(request, program, rows)?;
    if evidence.ignored_inputs.is_empty() {
        return Ok(first);
    }
    Ok(diagnose(&evidence))
}

/// The slow digest of each wrong output of a hidden case; a lock that does not answer leaves it unknown.
fn slow_digests(
    request: &Request<'_>,
    lock: Option<&Lock>,
    rows: &[Row<'_>],
) -> Vec<Option<[u8; 32]>> {
    let mut digests = vec![None; rows.len()];
    let Some(lock) = lock else { return digests };
    let mut asked = Vec::new();
    let mut questions = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if let (Some(canonical), Ok(commitment)) = (&row.wrong, lock.commitment(&row.case.name)) {
            asked.push(index);
            questions.push(Question {
                salt: commitment.salt,
                canonical: canonical.clone(),
            });
        }
    }
    let digester = Digester {
        cost: lock.cost(),
        cache: request.cache,
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
            CaseVerdict::Passed => (Outcome::Right, Some(Fingerprint::Right)),
            CaseVerdict::Failed(failure) => (
                Outcome::Failed,
                Some(Fingerprint::Failed(canonical::word(failure))),
            ),
            CaseVerdict::Different(different) => match &different.outputs {
                Some(outputs) => {
                    let form = canonical::canonical(spec, row.case.kind, Ok(&outputs.got));
                    let quick = seal::Fingerprint::quick(&Ok(outputs.got.clone()), &form);
                    (Outcome::Value(&outputs.got), Some(same(&quick)))
                }
                None => (Outcome::Failed, slow.map(Fingerprint::Digest)),
            },
            CaseVerdict::NotRun(_) => (Outcome::NotRun, None),
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

/// The pitfalls of the spec and the variants there are words for, with what the lock knows of them.
fn known<'a>(request: &Request<'a>, lock: Option<&'a Lock>) -> Vec<Known<'a>> {
    let Some(lock) = lock else { return Vec::new() };
    let track = request.track.name();
    let recorded = |id: &str| {
        let mut all = lock.pitfalls().iter();
        all.find(|known| known.id == id && known.track == track)
    };
    let fingerprints = |recorded: &Recorded| {
        let cases = recorded.cases.iter();
        cases.map(|case| Some(same(case))).collect()
    };
    let pitfalls = request.kata.spec.pitfalls.iter().filter_map(|pitfall| {
        Some(Known {
            id: &pitfall.id,
            kind: KnownKind::Pitfall,
            text: &pitfall.text,
            hint: pitfall.hint,
            fingerprints: fingerprints(recorded(&pitfall.id)?),
        })
    });
    let own = lock.variants().iter().filter(|known| known.track == track);
    let variants = own.filter_map(|known| {
        let words = variant(&known.id)?;
        Some(Known {
            id: words.id,
            kind: KnownKind::Variant,
            text: words.text,
            hint: None,
            fingerprints: fingerprints(known),
        })
    });
    pitfalls.chain(variants).collect()
}

/// A fingerprint of the lock, as `diagnose` compares it.
fn same(recorded: &seal::Fingerprint) -> Fingerprint {
    match recorded {
        seal::Fingerprint::Right => Fingerprint::Right,
        seal::Fingerprint::Failed(word) => Fingerprint::Failed(word.clone()),
        seal::Fingerprint::Digest(digest) => Fingerprint::Digest(digest.0),
    }
}

/// The inputs that the answer's output does not change with: the program is asked again, one input changed at a time.
///
/// Only arrays, bytes and text are changed. A kata that hands over data wants it used; a seed may rightly not matter. An
/// answer that ignores all of them is a constant, which other causes have better words for.
fn ignored_inputs(
    request: &Request<'_>,
    program: &Program,
    rows: &[Row<'_>],
) -> Result<Vec<String>, GradeError> {
    let shown = rows.iter().find_map(|row| match &row.result.verdict {
        CaseVerdict::Different(different) => Some((row, different.outputs.as_deref()?)),
        _ => None,
    });
    let Some((row, Outputs { got, .. })) = shown else {
        return Ok(Vec::new());
    };
    // NaN and infinity swallow whatever is computed with them: that they do not change says nothing.
    if let Value::Array(array) = got {
        let dtype = array.dtype();
        if array
            .iter()
            .any(|bits| dtype.is_nan(bits) || dtype.is_infinite(bits))
        {
            return Ok(Vec::new());
        }
    }
    let mut names = Vec::new();
    let mut changed = Vec::new();
    for (index, param) in request.kata.spec.params.iter().enumerate() {
        if let Some(other) = row.case.given.get(index).and_then(other_value) {
            let mut given = row.case.given.clone();
            given[index] = other;
            names.push(param.name.clone());
            changed.push(given);
        }
    }
    let batch: Vec<&[Value]> = changed.iter().map(Vec::as_slice).collect();
    let outcomes = request.track.run(program, &batch, request.limits)?;
    let form = |value: &Value| canonical::canonical(&request.kata.spec, CaseKind::Shown, Ok(value));
    let before = form(got);
    let all = names.len();
    let ignored = names.into_iter().zip(outcomes).filter(|(_, outcome)| {
        outcome.ran
            && outcome
                .output
                .as_ref()
                .is_ok_and(|value| form(value) == before)
    });
    let ignored: Vec<_> = ignored.map(|(name, _)| name).collect();
    Ok(if ignored.len() < all {
        ignored
    } else {
        Vec::new()
    })
}

/// Another value of the same type and size, in which every element is another one; `None` for what is not data.
fn other_value(value: &Value) -> Option<Value> {
    match value {
        Value::Array(array) if !array.is_empty() => {
            let dtype = array.dtype();
            let bits = array.iter().enumerate().map(|(index, old)| {
                let new = |number: usize| parse_bits(dtype, &(number % 7 + 2).to_string()).ok();
                new(index)
                    .filter(|bits| *bits != old)
                    .or_else(|| new(index + 1))
            });
            let bits = bits.collect::<Option<Vec<_>>>()?;
            Array::from_bits(dtype, array.shape().to_vec(), &bits).map(Value::Array)
        }
        Value::Bytes(bytes) if !bytes.is_empty() => {
            Some(Value::Bytes(bytes.iter().map(|byte| byte ^ 1).collect()))
        }
        Value::Str(text) if !text.is_empty() => Some(Value::Str(format!("{text}x"))),
        _ => None,
    }
}
