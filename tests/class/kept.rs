//! Cached results: when they are reused and when they are not.

use super::world::{Class, answers, record};
use crate::common::{Course, Output};

/// The number of answers that a run judged, and the number that were cached or missing.
#[track_caller]
fn counts(output: &Output) -> (usize, usize) {
    let line = output.stderr.lines().find(|line| line.contains(" judged"));
    let line = line.unwrap_or_else(|| panic!("{output}"));
    let counted = |what: &str| {
        let part = line.split(", ").find(|part| part.ends_with(what));
        let number = part.and_then(|part| part.split(' ').next());
        number.map_or(0, |number| number.parse::<usize>().expect("a number"))
    };
    let known = counted(" reused") + counted(" missing");
    (counted(" judged"), known)
}

fn class(course: &Course) -> Class {
    let class = Class::of(course);
    class.solved("ada", "hf_load").solved("ada", "split_merge");
    class
        .wrong("ben", "hf_load", "no_transpose")
        .solved("ben", "split_merge");
    class
}

const GRADE: &str = "grade hf_load split_merge --class class --report json=class.json";

#[test]
fn grading_again_judges_only_what_changed() {
    let course = Course::of_learner();
    let class = class(&course);
    assert_eq!(counts(&course.katas(GRADE).exits(0)), (4, 0));
    let first = course.read("class.json");
    assert_eq!(counts(&course.katas(GRADE).exits(0)), (0, 4));
    assert_eq!(course.read("class.json"), first);
    // A changed answer.
    class.wrong("ada", "hf_load", "bias_reversed");
    assert_eq!(counts(&course.katas(GRADE).exits(0)), (1, 3));
    // A changed spec. Its digest is part of the lock, so the author's course is used here instead of the teacher's.
    let spec = course.read("katas/split_merge/kata.yaml");
    course.write(
        "katas/split_merge/kata.yaml",
        &format!("{spec}# A remark.\n"),
    );
    assert_eq!(counts(&course.katas(GRADE).exits(0)), (2, 2));
    // A changed limit.
    assert_eq!(
        counts(&course.katas(&format!("{GRADE} --time-limit 9")).exits(0)),
        (4, 0)
    );
    // A text for learners has no effect on results.
    course.write("katas/hf_load/README.md", "# Another text\n");
    assert_eq!(counts(&course.katas(GRADE).exits(0)), (0, 4));
}

#[test]
fn the_same_answer_is_judged_once() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    for student in ["ada", "ben", "cy", "dee", "eve", "flo"] {
        class.wrong(student, "hf_load", "no_transpose");
    }
    let judged = course
        .katas("grade hf_load --class class --jobs 4 --report json=class.json")
        .exits(0);
    assert_eq!(counts(&judged), (1, 5));
    let record = record(&course, "class.json");
    let first = &record.submissions[0].katas;
    assert!(record.submissions.iter().all(|one| one.katas == *first));
}

#[test]
fn an_answer_that_ran_out_of_time_is_judged_again() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    let endless = std::fs::read_to_string(answers().join("endless_loop.rs")).expect("it is there");
    class
        .answer("ada", "hf_load", &endless)
        .answer("ben", "hf_load", &endless);
    class.solved("cy", "hf_load");
    let grade = "grade hf_load --class class --time-limit 1";
    assert_eq!(counts(&course.katas(grade).exits(0)), (2, 1));
    assert_eq!(counts(&course.katas(grade).exits(0)), (1, 2));
    // `--resume` reuses all results of the run that was stopped.
    assert_eq!(
        counts(&course.katas(&format!("{grade} --resume")).exits(0)),
        (0, 3)
    );
}

#[test]
fn a_spec_behind_a_link_and_inputs_named_as_the_kata_count_too() {
    let course = Course::of_learner();
    let class = class(&course);
    assert_eq!(counts(&course.katas(GRADE).exits(0)), (4, 0));
    let folder = course.root.join("katas/split_merge");
    let spec = course.read("katas/split_merge/kata.yaml");
    course.write("elsewhere.yaml", &format!("{spec}# A remark.\n"));
    std::fs::remove_file(folder.join("kata.yaml")).expect("it was there");
    std::os::unix::fs::symlink(course.root.join("elsewhere.yaml"), folder.join("kata.yaml"))
        .expect("a link");
    assert_eq!(counts(&course.katas(GRADE).exits(0)), (2, 2));
    course.write("katas/hf_load/hf_load.bin", "0");
    assert_eq!(counts(&course.katas(GRADE).exits(0)), (2, 2));
    let _ = class;
}
