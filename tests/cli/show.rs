//! `katas show`.

use crate::common::{Course, shown};

#[test]
fn it_shows_the_statement() {
    let course = Course::of_learner();
    shown("show_hf_load", &course.katas("show hf_load").exits(0));
    let next = course.katas("show").exits(0);
    assert_eq!(next.stdout, course.katas("show hf_load").stdout);
}

#[test]
fn names_are_taken_as_they_are_meant() {
    let course = Course::of_learner();
    for name in ["hf-load", "HF_LOAD", "hf_load/"] {
        course
            .katas(&format!("show {name}"))
            .exits(0)
            .says("Your task");
    }
}

#[test]
fn an_unknown_kata() {
    let course = Course::of_learner();
    shown("unknown_near", &course.katas("show hf_lod").exits(2));
    shown("unknown_two_near", &course.katas("show s").exits(2));
    shown("unknown_far", &course.katas("show zzzzzzzzzzzzzz").exits(2));
    for command in ["run", "hint", "reset", "solution"] {
        course
            .katas(&format!("{command} hf_laod"))
            .exits(2)
            .says("hint: did you mean `hf_load`?");
    }
}
