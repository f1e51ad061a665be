//! `katas hint`.

use crate::common::{Course, shown};

#[test]
fn each_time_a_stronger_one() {
    let course = Course::of_learner();
    for step in 1..=4 {
        shown(
            &format!("hint_{step}"),
            &course.katas("hint hf_load").exits(0),
        );
    }
    let again = course.katas("hint hf_load").exits(0);
    shown("hint_4", &again);
}

#[test]
fn all_of_them() {
    let course = Course::of_learner();
    shown("hint_all", &course.katas("hint hf_load --all").exits(0));
}

#[test]
fn without_a_name_it_is_the_next_kata() {
    let course = Course::of_learner();
    course.katas("hint").exits(0).says("hf_load, hint 1 of 4");
    course.solve("hf_load").katas("run").exits(0);
    course
        .katas("hint")
        .exits(0)
        .says("split_merge, hint 1 of 4");
}
