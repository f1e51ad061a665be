//! Why a wrong answer is wrong: known mistakes by their fingerprints, then general causes by undoing them.
//!
//! `grade` collects the evidence; `ui` and the reports show the result. Nothing is run or printed here.
//!
//! An explanation says "this is" only when it is proved: when the answer's fingerprints on all cases are those of a
//! recorded mistake, or when undoing a cause gives the expected bits on every wrong case and would have left the
//! right ones right. Everything else says "this looks like". A cause supported by only a few different values is
//! never certain: two small numbers can be equal by chance.
//!
//! `CONTRIBUTING.md` says what a new cause needs.

pub(crate) mod arithmetic;
mod bias;
mod byte_order;
mod cause;
mod confined;
mod copied;
mod count;
mod displaced;
mod evidence;
mod explanation;
mod ignored;
mod inputs;
mod known;
pub(crate) mod mix;
mod moved;
mod narrowed;
mod nonfinite;
mod order;
mod pair;
mod permuted;
mod picture;
mod reading;
mod reshaped;
mod scaled;
mod shifted;
mod shown;
mod sign;
mod softmax;
mod source;
mod subject;
mod text;
pub(crate) mod trace;
mod transposed;
mod uniform;
mod variants;
mod zero_sign;

#[cfg(test)]
mod tests;

pub use cause::Cause;
pub use evidence::{CaseEvidence, CaseOutput, Evidence, Fingerprint, Known, KnownKind};
pub use explanation::{Certainty, Explanation};
pub use inputs::{HOWS, How, InputChange};
pub use picture::{Grid, Line, Picture, SourceGrid};
pub use shown::Shown;
pub use source::Source;
pub use subject::Subject;
pub use trace::{Rows, Traced, View, gives};
pub use variants::{Speaks, VARIANTS, Variant, variant};

/// The general causes, most specific first.
pub const CAUSES: &[&dyn Cause] = &[
    &text::Text,
    &zero_sign::ZeroSign,
    &copied::Copied,
    &bias::Bias,
    &narrowed::Narrowed,
    &sign::Sign,
    &byte_order::ByteOrder,
    &transposed::Transposed,
    &reshaped::Reshaped,
    &moved::Reversed,
    &moved::Rolled,
    &permuted::Permuted,
    &displaced::Displaced,
    &scaled::Scaled,
    &shifted::Shifted,
    &ignored::Ignored,
    &nonfinite::NonFinite,
    &uniform::Zeros,
    &uniform::Constant,
    &uniform::Broadcast,
    &softmax::Softmax,
    &moved::OffByOne,
    &count::WrongCount,
    &order::Order,
    &confined::Confined,
];

/// The maximum number of explanations of one answer.
pub const MOST: usize = 2;

/// The known mistakes of the evidence that fit, without general causes.
#[must_use]
pub fn diagnose_known(evidence: &Evidence<'_>) -> Vec<Explanation> {
    known::explain(evidence)
}

/// Whether it is a cause that only says what happened to the output.
#[must_use]
pub fn is_effect(explanation: &Explanation) -> bool {
    let mut causes = CAUSES.iter();
    causes.any(|cause| {
        cause.is_effect() && matches!(explanation.subject, Subject::Cause(id) if id == cause.id())
    })
}

/// Whether the cause with this id is found by running the answer on other inputs.
#[must_use]
pub fn is_asked(id: &str) -> bool {
    let mut causes = CAUSES.iter();
    causes.any(|cause| cause.is_asked() && cause.id() == id)
}

/// Whether it is a pitfall that explains every wrong case.
fn is_pitfall(explanation: &Explanation) -> bool {
    matches!(explanation.subject, Subject::Pitfall(_))
        && explanation.explains.len() == explanation.wrong
}

/// Explains a wrong answer: certain explanations first, then likely ones, at most [`MOST`]; empty if nothing explains
/// it.
#[must_use]
pub fn diagnose(evidence: &Evidence<'_>) -> Vec<Explanation> {
    let doubted = |mut explanation: Explanation| {
        if evidence.refuted.contains(&explanation.subject) {
            explanation.certainty = Certainty::LooksLike;
        }
        explanation
    };
    let (mut certain, likely): (Vec<_>, Vec<_>) = known::explain(evidence)
        .into_iter()
        .map(doubted)
        .partition(|explanation| explanation.certainty == Certainty::ThisIs);
    let shown = Shown::new(evidence);
    let mut general = Vec::new();
    for cause in CAUSES {
        let Some(explanation) = cause.explain(&shown) else {
            continue;
        };
        if evidence.refuted.contains(&explanation.subject) {
            continue;
        }
        if cause.needs_numbers() && !evidence.is_informative() {
            continue;
        }
        if explanation.certainty == Certainty::ThisIs {
            // A proved explanation needs no second cause. A known mistake has the better text, and gets the cause's
            // picture.
            match certain.first_mut() {
                Some(known) => known.picture = explanation.picture,
                // Pitfalls with the same bits say more than what the bits have in common.
                None if likely.iter().any(is_pitfall) => {}
                None => certain.push(explanation),
            }
            break;
        }
        general.push(explanation);
    }
    if !certain.is_empty() {
        certain.truncate(1);
        return certain;
    }
    let mut told: Vec<Explanation> = Vec::new();
    // An explanation of only some wrong cases is not shown: for wrong answers whose authors did not know the causes, it
    // was right only 1 time in 14.
    let is_whole = |explanation: &Explanation| {
        let is_cause = matches!(explanation.subject, Subject::Cause(_));
        evidence
            .outputs(is_cause)
            .all(|case| explanation.explains.contains(&case))
    };
    for explanation in likely.into_iter().chain(general).filter(is_whole) {
        // Two known mistakes can both be listed; a general cause must explain something new.
        let is_known = !matches!(explanation.subject, Subject::Cause(_));
        let explained = |case: &usize| told.iter().any(|told| told.explains.contains(case));
        if told.is_empty() || is_known || !explanation.explains.iter().all(explained) {
            told.push(explanation);
        }
    }
    told.truncate(MOST);
    told
}
