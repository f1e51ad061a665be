//! Fingerprints: which matches are certain, which are likely, and which mean nothing.

use super::super::{Certainty, Fingerprint, Known, KnownKind, Subject};
use super::run::Run;

/// One letter for each case: `1` the digest of every wrong output of a [`Run`], `2` another, `r` right, `p` a panic, `?` unknown.
fn known(id: &'static str, kind: KnownKind, letters: &str) -> Known<'static> {
    let fingerprints = letters.chars().map(|letter| match letter {
        'r' => Some(Fingerprint::Right),
        'p' => Some(Fingerprint::Failed("panicked".to_owned())),
        '?' => None,
        other => Some(Fingerprint::Digest([other as u8 - b'0'; 8])),
    });
    Known {
        id: id.into(),
        kind,
        text: "What to tell.".into(),
        hint: Some(2),
        fingerprints: fingerprints.collect(),
    }
}

/// A run with the same letters: `1` a wrong output that nothing explains, `r`, `p`.
fn run(letters: &str) -> Run {
    letters
        .chars()
        .fold(Run::new("n"), |run, letter| match letter {
            '1' => run.case(&[3.0, 1.0, 4.0], &[2.5, 7.25, -1.75]),
            'r' => run.right(&[1.0, 2.0]),
            _ => run.failed(&[1.0]),
        })
}

#[track_caller]
fn check(answer: &str, pitfalls: &[&str], variants: &[&str], expected: &[(&str, Certainty)]) {
    let pitfalls = pitfalls
        .iter()
        .zip(["a", "b", "c"])
        .map(|(letters, id)| (*letters, id, KnownKind::Pitfall));
    let variants = variants
        .iter()
        .zip(["v", "w"])
        .map(|(letters, id)| (*letters, id, KnownKind::Variant));
    let run = pitfalls
        .chain(variants)
        .fold(run(answer), |run, (letters, id, kind)| {
            run.knowing(known(id, kind, letters))
        });
    let told = run.diagnose();
    let got: Vec<_> = told
        .iter()
        .map(|told| (told.subject.id(), told.certainty))
        .collect();
    assert_eq!(got, expected, "{answer}");
}

const IS: Certainty = Certainty::ThisIs;
const LIKE: Certainty = Certainty::LooksLike;

#[test]
fn a_pitfall_is_certain_when_it_explains_every_case() {
    check("1r1", &["1r1"], &[], &[("a", IS)]);
    // A crash on one case and a wrong output on another are one mistake.
    check("1rp", &["1rp", "1r1"], &[], &[("a", IS)]);
    // A case that passed contradicts a mistake that would have broken it.
    check("1rr", &["1r1"], &[], &[]);
    check("11r", &["121"], &[], &[]);
    check("11r", &["111"], &[], &[]);
    check("1r1", &["2r2"], &[], &[]);
    // A mistake that explains only a part is not reported.
    check("111", &["122", "112", "212"], &[], &[]);
}

#[test]
fn two_that_explain_everything_are_both_only_likely() {
    check("1", &["1", "1"], &[], &[("a", LIKE), ("b", LIKE)]);
    check("1", &["1"], &["1"], &[("a", IS)]);
    check("1", &[], &["1"], &[("v", IS)]);
    check("11", &["12"], &["11"], &[("v", IS)]);
}

/// No author described them, so they are reported only if every case agrees, the numbers say enough, and nothing else
/// fits.
#[test]
fn a_changed_input_is_told_only_if_it_fits_completely_and_not_by_chance() {
    let tell = |run: Run, letters: &str, more: &[(&'static str, KnownKind)]| {
        let others = more.iter().map(|(id, kind)| known(id, *kind, letters));
        let run = others.fold(
            run.knowing(known("input:zero:x", KnownKind::Input, letters)),
            Run::knowing,
        );
        let told = run.diagnose();
        told.first().map(|told| told.subject.id().to_owned())
    };
    let name = |id: &str| Some(id.to_owned());
    assert_eq!(tell(run("1r1"), "1r1", &[]), name("input:zero:x"));
    assert_eq!(tell(run("1r1"), "1r2", &[]), None);
    assert_eq!(tell(run("1rr"), "1r1", &[]), None);
    assert_eq!(tell(run("1r"), "1?", &[]), None);
    let pitfall = [("a", KnownKind::Pitfall)];
    assert_eq!(tell(run("1r1"), "1r1", &pitfall), name("a"));
    // Ones and a single other number are the output of many computations.
    let poor = Run::new("n").case(&[3.0, 1.5, 4.0], &[1.0, 0.0, 2.5]);
    assert_eq!(tell(poor, "1", &[]), None);
}

#[test]
fn a_panic_alone_explains_nothing() {
    check("pp", &["pp"], &[], &[]);
    check("rp", &["rp"], &[], &[]);
    check("1p", &["1p"], &[], &[("a", IS)]);
}

#[test]
fn a_known_mistake_brings_its_words_and_its_hint_and_takes_the_picture_of_a_proof() {
    let run = Run::new("n")
        .case(&[1.0, 2.0, 3.0, 5.0], &[5.0, 3.0, 2.0, 1.0])
        .knowing(known("a", KnownKind::Pitfall, "1"));
    let told = run.diagnose();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].subject, Subject::Pitfall("a".to_owned()));
    assert_eq!(
        (told[0].text.as_str(), told[0].hint),
        ("What to tell.", Some(2))
    );
    assert_eq!(told[0].lead(), "This is a known mistake.");
    assert!(told[0].picture.is_some());
}

#[test]
fn a_known_mistake_that_other_inputs_refute_is_not_certain() {
    let run = run("1r").knowing(known("a", KnownKind::Pitfall, "1r"));
    assert_eq!(run.diagnose()[0].certainty, IS);
    let told = run.refuted(Subject::Pitfall("a".to_owned())).diagnose();
    assert_eq!((told[0].subject.id(), told[0].certainty), ("a", LIKE));
}
