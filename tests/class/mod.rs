//! Whole classes: finding submissions, judging them in parallel, caching results, stopping and resuming, merging
//! parts.
//!
//! Each test creates its own class from the repository's solutions and wrong answers.

mod bounds;
mod bug;
mod exports;
mod flat;
mod kept;
#[cfg(target_os = "linux")]
mod made;
mod odd;
mod parts;
mod stopped;
#[cfg(target_os = "linux")]
mod unconfined;
mod world;

use world::{Class, answers, record, statuses};

use crate::common::{Course, shown};
use katas::record::{CaseStatus, Status};

#[test]
fn a_class_is_judged_and_summed_up() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    class
        .solved("ada", "hf_load")
        .solved("ada", "split_merge")
        .solved("ada", "state_translation");
    class
        .wrong("ben", "hf_load", "no_transpose")
        .solved("ben", "split_merge");
    class
        .wrong("cy", "hf_load", "no_transpose")
        .answer("cy", "split_merge", "pub fn");
    class.folder("dee");
    shown(
        "class",
        &course
            .katas("grade --class class --report json=class.json")
            .exits(0),
    );
    course.katas("grade --class class --fail-on-miss").exits(1);
    let record = record(&course, "class.json");
    assert_eq!(
        statuses(&record),
        [
            ("ada", vec![Status::Passed, Status::Passed, Status::Passed]),
            ("ben", vec![Status::Failed, Status::Passed, Status::Missing]),
            ("cy", vec![Status::Failed, Status::Refused, Status::Missing]),
            ("dee", vec![Status::Missing; 3]),
        ]
    );
    // 4 + 2 + 3 points; an untransposed kernel is right in the symmetric one of the eight cases of hf_load.
    let points: Vec<_> = record
        .submissions
        .iter()
        .map(|one| one.points().given)
        .collect();
    assert_eq!(points, [9.0, 2.5, 0.5, 0.0]);
    let ben = &record.submissions[1].katas[0];
    assert_eq!(ben.causes[0].id, "no_transpose");
    assert!(ben.causes[0].certain);
    assert_eq!(
        ben.cases
            .iter()
            .filter(|case| case.status == CaseStatus::Passed)
            .count(),
        1
    );
    assert!(
        !course.root.join("class/dee/katas").exists(),
        "nothing is written into a submission"
    );
}

#[test]
fn one_submission_cannot_change_or_slow_another() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    // Each tries to reach other submissions, the grader or its files; the verdicts are those of `tests/hostile`.
    for (name, attack) in [
        ("a", "write_files"),
        ("b", "read_parent"),
        ("c", "kill_the_parent"),
        ("d", "fork_bomb"),
        ("e", "spin"),
        ("f", "print_without_end"),
    ] {
        let text = std::fs::read_to_string(
            answers()
                .join("../hostile/run")
                .join(format!("{attack}.rs")),
        );
        class.answer(
            name,
            "hf_load",
            &text
                .expect("the attack is there")
                .replace("fn answer", "fn load_hf_weights"),
        );
    }
    class.solved("z", "hf_load");
    let start = std::time::Instant::now();
    course
        .katas("grade hf_load --class class --time-limit 2 --jobs 2 --report json=class.json")
        .exits(0);
    assert!(start.elapsed().as_secs() < 60);
    let record = record(&course, "class.json");
    let (last, hostile) = record.submissions.split_last().expect("seven");
    assert_eq!(last.katas[0].status, Status::Passed);
    for one in hostile {
        assert!(
            matches!(one.katas[0].status, Status::Failed | Status::Refused),
            "{}",
            one.id
        );
    }
}

#[test]
fn a_class_without_submissions_is_an_error() {
    let course = Course::of_learner();
    Class::of(&course);
    course
        .katas("grade --class class")
        .exits(2)
        .says("there is no submission in");
    course
        .katas("grade --class nowhere")
        .exits(4)
        .says("cannot read nowhere");
    course.write("notes.zip", "no zip");
    course
        .katas("grade --class notes.zip")
        .exits(2)
        .says("cannot unpack notes.zip");
}
