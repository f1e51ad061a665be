//! Known mistakes: compares the answer's fingerprints on all cases with the recorded ones.
//!
//! A pitfall is certain if it explains every case that was run: where the answer is wrong, its outputs are equal by
//! the kata's comparison rule, and where the answer is right, the pitfall is right too. A failure without output is
//! weak evidence (every starter panics), so at least one output must be explained. If two pitfalls explain
//! everything, neither is certain.

use super::{Certainty, Evidence, Explanation, Fingerprint, Known, KnownKind, Subject};

/// How well a known mistake fits.
struct Fit<'a> {
    known: &'a Known<'a>,
    explains: Vec<usize>,
    /// Whether it explains every case that was run.
    whole: bool,
}

/// Returns the known mistakes that fit, pitfalls first, and those that explain the most first.
pub(super) fn explain(evidence: &Evidence<'_>) -> Vec<Explanation> {
    let wrong = wrong_cases(evidence);
    let fits = evidence
        .known
        .iter()
        .filter_map(|known| fit(evidence, known));
    let mut fits: Vec<Fit<'_>> = fits.collect();
    let of_kind = |kind: KnownKind| {
        let whole = fits.iter().filter(|fit| fit.whole);
        whole.filter(|fit| fit.known.kind == kind).count()
    };
    // Of several with the same bits, the more specific one has the better text; the author's comes first.
    let kinds = [
        KnownKind::Pitfall,
        KnownKind::Variant,
        KnownKind::Input,
        KnownKind::Pair,
    ];
    let best = kinds.into_iter().find(|kind| of_kind(*kind) > 0);
    let rivals = best.map_or(0, of_kind);
    if let Some(best) = best {
        fits.retain(|fit| fit.whole && fit.known.kind == best);
    }
    let mut found: Vec<Explanation> = fits
        .into_iter()
        .map(|fit| explanation(fit, rivals, wrong))
        .collect();
    found.sort_by_key(|explanation| {
        let variant = matches!(explanation.subject, Subject::Variant(_));
        (
            explanation.certainty,
            variant,
            usize::MAX - explanation.explains.len(),
        )
    });
    found
}

/// Counts the wrong cases, including hidden ones.
pub(super) fn wrong_cases(evidence: &Evidence<'_>) -> usize {
    let is_wrong = |fingerprint: &&Fingerprint| **fingerprint != Fingerprint::Right;
    let ran = evidence
        .cases
        .iter()
        .filter_map(|case| case.fingerprint.as_ref());
    ran.filter(is_wrong).count()
}

fn fit<'a>(evidence: &Evidence<'_>, known: &'a Known<'a>) -> Option<Fit<'a>> {
    let mut explains = Vec::new();
    let (mut outputs, mut contradicted, mut unexplained) = (0, 0, 0);
    for (place, case) in evidence.cases.iter().enumerate() {
        let Some(answer) = &case.fingerprint else {
            continue;
        };
        let recorded = known.fingerprints.get(place).and_then(Option::as_ref);
        match (answer, recorded) {
            (Fingerprint::Right, Some(Fingerprint::Right)) => {}
            (Fingerprint::Right, _) => contradicted += 1,
            (_, Some(recorded)) if recorded == answer => {
                explains.push(place);
                outputs += usize::from(matches!(answer, Fingerprint::Digest(_)));
            }
            _ => unexplained += 1,
        }
    }
    // A case that passes refutes a mistake that would have failed it.
    let worth_saying = outputs > 0 && contradicted == 0;
    let whole = contradicted == 0 && unexplained == 0;
    // A generated change of an input is reported only if it fits completely, and not by chance.
    let is_sound = known.kind != KnownKind::Input || (whole && evidence.is_informative());
    (worth_saying && is_sound).then_some(Fit {
        known,
        explains,
        whole,
    })
}

fn explanation(fit: Fit<'_>, rivals: usize, wrong: usize) -> Explanation {
    let id = fit.known.id.clone().into_owned();
    let (subject, what) = match fit.known.kind {
        KnownKind::Pitfall => (Subject::Pitfall(id), "a known mistake"),
        KnownKind::Pair => (Subject::Pair(id), "two known mistakes together"),
        KnownKind::Variant => (
            Subject::Variant(id),
            "the right computation with one change",
        ),
        KnownKind::Input => (
            Subject::Variant(id),
            "the right computation with one input changed",
        ),
    };
    Explanation {
        certainty: if fit.whole && rivals == 1 && fit.known.kind != KnownKind::Pair {
            Certainty::ThisIs
        } else {
            Certainty::LooksLike
        },
        subject,
        what: what.to_owned(),
        text: fit.known.text.clone().into_owned(),
        hint: fit.known.hint,
        explains: fit.explains,
        wrong,
        picture: None,
    }
}
