//! Messages of `katas merge`; merging itself is tested in `tests/class/parts.rs`.

use crate::common::{Course, shown};

#[test]
fn merging_nothing_is_an_error() {
    let course = Course::of_learner();
    course.katas("merge").exits(2).says("<RESULT>");
    course
        .katas("merge nowhere.json")
        .exits(4)
        .says("nowhere.json");
    course.write("half.json", "{\"format\": \"katas/record/v2\"");
    shown("merge_half", &course.katas("merge half.json").exits(2));
}
