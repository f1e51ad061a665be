//! `katas list`.

use crate::common::{Course, shown};

#[test]
fn it_tells_where_the_learner_stands() {
    let course = Course::of_learner();
    shown("list_fresh", &course.katas("list").exits(0));
    course
        .solve("split_merge")
        .katas("run split_merge")
        .exits(0);
    course.katas("run hf_load").exits(1);
    shown("list_begun_and_passed", &course.katas("list").exits(0));
    // Passed stays passed, whatever is tried later.
    course.answer("split_merge", "never_called");
    course.katas("run split_merge").exits(1);
    shown("list_begun_and_passed", &course.katas("list").exits(0));
}
