//! `katas next` and `katas prev`.

use crate::common::Course;

#[test]
fn they_walk_through_the_course() {
    let course = Course::of_learner();
    course.katas("prev").exits(2).says("no kata before");
    course.katas("next").exits(0).says("katas run hf_load");
    course.katas("next").exits(0).says("katas run split_merge");
    course
        .katas("next")
        .exits(0)
        .says("katas run state_translation");
    let end = course.katas("next").exits(2);
    end.says("no kata after").says("`katas list`");
    course.katas("prev").exits(0).says("katas run split_merge");
    let named = course.katas("prev state_translation").exits(0);
    named.says("katas run split_merge");
    course.katas("next nonsense").exits(2).says("nonsense");
}

#[test]
fn they_begin_at_the_answer_that_was_saved_last() {
    let course = Course::of_learner();
    course.katas("next").exits(0).says("katas run hf_load");
    std::thread::sleep(std::time::Duration::from_millis(20));
    course.solve("split_merge");
    course
        .katas("next")
        .exits(0)
        .says("katas run state_translation");
}
