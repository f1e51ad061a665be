//! Hidden cases: they run once the shown ones pass, and reveal nothing.

use super::{judge, shown};
use crate::common::Course;

#[test]
fn right_on_the_shown_cases_only() {
    shown(
        "verdict_shown_cases_only",
        &judge("hf_load", "shown_cases_only", 1),
    );
}

#[test]
fn a_panic_on_a_hidden_case_keeps_its_words_to_itself() {
    let screen = judge("hf_load", "panic_on_hidden_case", 1).says_nothing_of("the hidden bias is");
    shown("verdict_panic_on_hidden_case", &screen);
}

#[test]
fn without_a_lock_nothing_passes() {
    let course = Course::of_learner();
    std::fs::remove_file(course.root.join("katas/hf_load/kata.lock")).unwrap();
    course.answer("hf_load", "shown_cases_only");
    shown(
        "verdict_hidden_unknown",
        &course.katas("run hf_load").exits(3),
    );
}

#[test]
fn nothing_of_a_hidden_case_is_printed() {
    let course = Course::of_author();
    course.answer("hf_load", "prints");
    let screen = course.katas("run hf_load").exits(0);
    assert_eq!(screen.stdout.matches("kernel [").count(), 1, "{screen}");
}
