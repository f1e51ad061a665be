//! The output after a pass: the takeaway, and the closing texts of a chapter and of the course.

use crate::common::{Course, shown};

const COURSE: &str = "format: 1
title: Two layers
chapters:
  - title: The first
    katas: [hf_load]
    recap: So far, one transpose.
  - title: The second
    katas: [split_merge]
closing: Now port a model of your own.
";

#[test]
fn a_pass_ends_a_kata_a_chapter_and_a_course() {
    let course = Course::of_author();
    course.write("katas/course.yaml", COURSE);

    course.solve("hf_load");
    shown("after_pass_chapter", &course.katas("run hf_load").exits(0));
    // The chapter ends only once, but the takeaway is always shown.
    let again = course.katas("run hf_load").exits(0);
    let again = again.says("Transposing a PyTorch weight gives a Flax kernel");
    again.says_nothing_of("So far, one transpose.");
    course.answer("split_merge", "never_called");
    let failed = course.katas("run split_merge").exits(1);
    failed.says_nothing_of("finished");

    course.solve("split_merge");
    shown(
        "after_pass_course",
        &course.katas("run split_merge").exits(0),
    );
    for alone in ["show", "hint", "run"] {
        let end = course.katas(alone).exits(0);
        end.says("Now port a model of your own.")
            .says("You have passed every kata.");
    }
}
