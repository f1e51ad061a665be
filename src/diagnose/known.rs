//! Known mistakes: the answer's fingerprints over all cases beside those that were recorded.
//!
//! A pitfall is certain when it explains every case that was run: the wrong ones bit for bit, and the right ones as right.
//! A failure without output says little by itself (every starter panics), so at least one output must be among what it
//! explains. Two pitfalls that explain everything cannot both be certain; then neither is.

use super::{Certainty, Evidence, Explanation, Fingerprint, Known, KnownKind, Subject};

/// Holds how well a known mistake fits.
struct Fit<'a> {
    known: &'a Known<'a>,
    explains: Vec<usize>,
    /// Whether it explains every case that was run.
    whole: bool,
}

/// Gives the known mistakes that fit, pitfalls first, the ones that explain most first.
pub(super) fn explain(evidence: &Evidence<'_>) -> Vec<Explanation> {
    let wrong = wrong_cases(evidence);
    let fits = evidence
        .known
        .iter()
        .filter_map(|known| fit(evidence, known));
    let mut fits: Vec<Fit<'_>> = fits.collect();
    let of_kind = |kind: KnownKind| {
        fits.iter()
            .filter(move |fit| fit.whole && fit.known.kind == kind)
    };
    let rivals = [
        of_kind(KnownKind::Pitfall).count(),
        of_kind(KnownKind::Variant).count(),
    ];
    // A variant with the bits of a pitfall is that pitfall without its author's words.
    if rivals[0] > 0 {
        fits.retain(|fit| fit.known.kind == KnownKind::Pitfall);
    }
    let mut found: Vec<Explanation> = fits
        .into_iter()
        .map(|fit| {
            let rivals = rivals[usize::from(fit.known.kind == KnownKind::Variant)];
            explanation(fit, rivals, wrong)
        })
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

/// Counts the cases that are wrong, hidden ones too.
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
    // One that explains all that is wrong is worth saying even if more would be wrong with it: the answer may do it in places.
    let worth_saying = outputs > 0 && (unexplained == 0 || explains.len() > contradicted);
    worth_saying.then_some(Fit {
        known,
        explains,
        whole: contradicted == 0 && unexplained == 0,
    })
}

fn explanation(fit: Fit<'_>, rivals: usize, wrong: usize) -> Explanation {
    let id = fit.known.id.to_owned();
    let (subject, what) = match fit.known.kind {
        KnownKind::Pitfall => (Subject::Pitfall(id), "a known mistake"),
        KnownKind::Variant => (
            Subject::Variant(id),
            "the right computation with one change",
        ),
    };
    Explanation {
        certainty: if fit.whole && rivals == 1 {
            Certainty::ThisIs
        } else {
            Certainty::LooksLike
        },
        subject,
        what: what.to_owned(),
        text: fit.known.text.to_owned(),
        hint: fit.known.hint,
        explains: fit.explains,
        wrong,
        picture: None,
    }
}
