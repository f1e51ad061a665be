//! `katas solution`.

use crate::common::{Course, shown};

#[test]
fn it_waits_for_a_pass() {
    let course = Course::of_author();
    shown(
        "solution_too_early",
        &course.katas("solution hf_load").exits(1),
    );
    course.katas("solution hf_load --give-up").exits(0);
    course.solve("hf_load").katas("run hf_load").exits(0);
    let screen = course.katas("solution hf_load").exits(0);
    assert_eq!(screen.stdout, course.read("solutions/hf_load/solution.rs"));
}

#[test]
fn giving_up_passes_nothing() {
    let course = Course::of_author();
    course.katas("solution hf_load --give-up").exits(0);
    course.katas("list").exits(0).says("0 of 3 katas passed");
}

#[test]
fn a_course_without_solutions() {
    let course = Course::of_learner();
    std::fs::remove_file(course.root.join("katas/hf_load/kata.lock")).expect("it is there");
    shown(
        "solution_not_here",
        &course.katas("solution hf_load --give-up").exits(2),
    );
}
