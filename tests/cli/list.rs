//! `katas list`.

use katas::record::Status;
use katas::spec::CaseKind;

use crate::common::{Course, shown};

#[test]
fn it_shows_the_learners_progress() {
    let course = Course::of_learner();
    shown("list_fresh", &course.katas("list").exits(0));
    course
        .solve("split_merge")
        .katas("run split_merge")
        .exits(0);
    course.katas("run hf_load").exits(1);
    shown("list_begun_and_passed", &course.katas("list").exits(0));
    // A passed kata stays passed after a failed answer.
    course.answer("split_merge", "never_called");
    course.katas("run split_merge").exits(1);
    shown("list_begun_and_passed", &course.katas("list").exits(0));
}

#[test]
fn a_program_reads_the_katas_and_their_cases() {
    let course = Course::of_learner();
    let listed = course.katas("list --json").exits(0);
    let record = katas::report::read(listed.stdout.as_bytes()).expect("a record");
    let ids: Vec<_> = record
        .course
        .katas
        .iter()
        .map(|kata| kata.id.as_str())
        .collect();
    assert_eq!(ids, ["hf_load", "split_merge", "state_translation"]);
    let cases = record.course.katas[0].cases.iter();
    let cases: Vec<_> = cases.map(|case| (case.name.as_str(), case.kind)).collect();
    assert_eq!(cases.len(), 8);
    assert_eq!(cases[0], ("identity selector", CaseKind::Shown));
    assert_eq!(cases[7], ("eight by eight", CaseKind::Hidden));
    let judged = record.submissions[0].katas.iter().map(|kata| kata.status);
    assert_eq!(judged.collect::<Vec<_>>(), [Status::Unjudged; 3]);
}
