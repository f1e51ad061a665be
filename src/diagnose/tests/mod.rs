//! Every cause on the mistakes of all others, known mistakes, and random outputs without an explanation.

mod examples;
mod known;
mod run;

use std::collections::BTreeSet;

use proptest::prelude::*;

use self::examples::{CERTAIN, Example, LIKELY};
use self::run::Run;
use super::{CAUSES, Certainty, Shown, Subject, diagnose};

/// Causes that no output can prove, because the mistake cannot be undone or is not distinguishable from others.
const NEVER_CERTAIN: &[&str] = &[
    "not_finite",
    "zeros",
    "constant",
    "broadcast",
    "other_axis",
    "off_by_one",
    "rounding",
    "confined",
];

#[track_caller]
fn check(example: &Example, certainty: Certainty) {
    let run = (example.run)();
    let told = run.diagnose();
    let first = told.first();
    let got = first.map(|told| (told.subject.clone(), told.certainty));
    let wanted = Some((Subject::Cause(example.cause), certainty));
    assert_eq!(got, wanted, "{}: {told:#?}", example.about);
    let what = first.map(|told| told.what.as_str()).unwrap_or_default();
    assert_eq!(what, example.what, "{}", example.about);
}

#[test]
fn a_cause_is_certain_where_undoing_it_gives_the_expected_bits() {
    for example in CERTAIN {
        check(example, Certainty::ThisIs);
    }
}

#[test]
fn a_cause_that_explains_a_part_looks_like_it() {
    for example in LIKELY {
        check(example, Certainty::LooksLike);
    }
}

#[test]
fn no_other_cause_is_certain_on_a_mistake() {
    for example in CERTAIN {
        let run = (example.run)();
        run.with_evidence(|evidence| {
            let shown = Shown::new(evidence);
            for cause in CAUSES {
                let told = cause.explain(&shown);
                let certain = told.is_some_and(|told| told.certainty == Certainty::ThisIs);
                let allowed = cause.id() == example.cause || example.also.contains(&cause.id());
                assert!(
                    !certain || allowed,
                    "{} fires on {}",
                    cause.id(),
                    example.about
                );
            }
        });
    }
}

#[test]
fn every_cause_has_its_examples() {
    let causes: BTreeSet<_> = CAUSES.iter().map(|cause| cause.id()).collect();
    assert_eq!(causes.len(), CAUSES.len(), "two causes share an id");
    let certain: BTreeSet<_> = CERTAIN.iter().map(|example| example.cause).collect();
    let likely: BTreeSet<_> = LIKELY.iter().map(|example| example.cause).collect();
    let never: BTreeSet<_> = NEVER_CERTAIN.iter().copied().collect();
    assert_eq!(&certain | &never, causes);
    assert_eq!(&certain & &never, BTreeSet::new());
    // An input is either ignored or not; there is no uncertain case.
    let likely = &likely | &BTreeSet::from(["input_ignored"]);
    assert_eq!(likely, causes);
}

#[test]
fn a_right_case_that_the_mistake_would_have_spoilt_makes_it_less_than_certain() {
    let wrong = Run::new("n").case(&[1.0, 2.0, 3.0, 5.0], &[5.0, 3.0, 2.0, 1.0]);
    assert_eq!(wrong.diagnose()[0].certainty, Certainty::ThisIs);
    let symmetric = wrong.right(&[7.0, 8.0, 7.0]);
    assert_eq!(symmetric.diagnose()[0].certainty, Certainty::ThisIs);
    let spoilt = symmetric.right(&[7.0, 8.0, 9.0]);
    assert!(
        spoilt
            .diagnose()
            .iter()
            .all(|told| told.certainty == Certainty::LooksLike)
    );
}

#[test]
fn what_other_inputs_refute_is_not_said() {
    let reversed = Run::new("n").case(&[1.0, 2.0, 3.0, 5.0], &[5.0, 3.0, 2.0, 1.0]);
    assert_eq!(reversed.diagnose()[0].subject, Subject::Cause("reversed"));
    let told = reversed.refuted(Subject::Cause("reversed")).diagnose();
    assert!(
        told.iter()
            .all(|told| told.subject != Subject::Cause("reversed")),
        "{told:#?}"
    );
}

#[test]
fn two_values_that_changed_places_prove_nothing() {
    let told = Run::new("n").case(&[7.0, 5.0], &[5.0, 7.0]).diagnose();
    assert!(
        told.iter()
            .all(|told| told.certainty == Certainty::LooksLike),
        "{told:#?}"
    );
}

#[test]
fn a_case_without_an_output_keeps_everything_likely() {
    let run = Run::new("n")
        .case(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0])
        .failed(&[1.0]);
    let told = run.diagnose();
    assert_eq!(told[0].certainty, Certainty::LooksLike);
    assert_eq!(
        told[0].lead(),
        "This looks like the correct output, reversed, in 1 of the 2 wrong cases."
    );
}

#[test]
fn an_explanation_of_a_part_is_not_shown() {
    let run = Run::new("n")
        .case(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0])
        .case(&[1.0, 2.0, 3.0], &[9.0, -2.5, 0.75]);
    assert_eq!(run.diagnose(), []);
}

#[test]
fn the_numbers_of_a_hidden_case_are_not_looked_at() {
    for example in CERTAIN.iter().chain(LIKELY) {
        (example.run)().with_evidence(|evidence| {
            let mut hidden = evidence.clone();
            hidden.ignored_inputs.clear();
            for case in &mut hidden.cases {
                case.shown = false;
            }
            assert_eq!(diagnose(&hidden), [], "{}", example.about);
        });
    }
}

#[test]
fn under_a_tolerance_undoing_only_has_to_satisfy_the_rule() {
    let run = Run::new("r, c")
        .rule(crate::compare::Rule::ScaledUlp(4.0))
        .shaped(
            &[("r", 2), ("c", 3)],
            &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
            &[1.0, 4.0, 2.000_000_2, 5.0, 3.0, 6.0],
        );
    let told = run.diagnose();
    assert_eq!(
        (told[0].subject.id(), told[0].certainty),
        ("transposed", Certainty::ThisIs)
    );
}

#[test]
fn right_answers_and_answers_that_never_ran_are_not_explained() {
    assert_eq!(Run::new("n").right(&[1.0]).diagnose(), []);
    assert_eq!(Run::new("n").failed(&[1.0]).diagnose(), []);
    let nothing = Run::new("n").case(&[3.0, 1.0, 4.0], &[2.5, 7.25, -1.75]);
    assert_eq!(nothing.diagnose(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn random_outputs_are_never_explained_with_certainty(
        rows in 1_usize..5,
        columns in 1_usize..5,
        numbers in prop::collection::vec((-4.0_f64..4.0, -4.0_f64..4.0, -4.0_f64..4.0), 16 * 3),
    ) {
        let count = rows * columns;
        let mut run = Run::new("rows, columns");
        for numbers in numbers.chunks(16) {
            let expected: Vec<f64> = numbers.iter().take(count).map(|triple| triple.0).collect();
            let got: Vec<f64> = numbers.iter().take(count).map(|triple| triple.1).collect();
            let input: Vec<f64> = numbers.iter().take(columns).map(|triple| triple.2).collect();
            run = run.full(&[("rows", rows), ("columns", columns)], &[("b", &input)], &expected, &got);
        }
        for told in run.diagnose() {
            prop_assert_eq!(told.certainty, Certainty::LooksLike, "{:?}", told);
        }
    }

    /// Small integers can match by chance; over three cases this is rare, and then the explanation is true.
    #[test]
    fn small_whole_numbers_are_rarely_explained_with_certainty(
        numbers in prop::collection::vec((-9_i32..10, -9_i32..10), 4 * 3),
    ) {
        let mut run = Run::new("n");
        for numbers in numbers.chunks(4) {
            let expected: Vec<f64> = numbers.iter().map(|pair| f64::from(pair.0)).collect();
            let got: Vec<f64> = numbers.iter().map(|pair| f64::from(pair.1)).collect();
            run = run.full(&[("n", 4)], &[], &expected, &got);
        }
        for told in run.diagnose() {
            prop_assert_eq!(told.certainty, Certainty::LooksLike, "{:?}", told);
        }
    }

    #[test]
    fn no_input_panics(
        expected in prop::collection::vec(any::<f32>(), 0..9),
        got in prop::collection::vec(any::<f32>(), 0..9),
        rows in 0_usize..4,
        columns in 0_usize..4,
    ) {
        let wide = |values: &[f32]| values.iter().map(|value| f64::from(*value)).collect::<Vec<_>>();
        let run = Run::new("rows * columns").full(&[("rows", rows), ("columns", columns)], &[("b", &wide(&got))], &wide(&expected), &wide(&got));
        let told = run.diagnose();
        prop_assert!(told.len() <= super::MOST);
    }
}

#[test]
fn diagnose_never_returns_too_many_explanations() {
    for example in CERTAIN.iter().chain(LIKELY) {
        (example.run)().with_evidence(|evidence| assert!(diagnose(evidence).len() <= super::MOST));
    }
}

/// A single wrong case of four small integers and no passing case is where a match by chance is most likely.
#[test]
fn chance_explains_less_than_one_in_two_hundred_small_outputs() {
    let mut state = 1_u64;
    let mut number = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % 19) as f64 - 9.0
    };
    let mut certain = 0;
    for _ in 0..4000 {
        let mut four = || [number(), number(), number(), number()];
        let run = Run::new("n").full(&[("n", 4)], &[("b", &four())], &four(), &four());
        let told = run.diagnose();
        certain += usize::from(told.iter().any(|told| told.certainty == Certainty::ThisIs));
    }
    assert!(certain <= 20, "{certain} of 4000");
}
