//! The commands that a screen recommends work, and its statements about files are true.

use crate::common::Course;

const SOLUTION: &str = "katas solution hf_load";

/// If the solution is encrypted, only the learner's own passing file decrypts it.
#[test]
fn the_solution_is_suggested_only_if_it_can_be_shown() {
    let course = Course::of_learner();
    let spec = course.read("katas/hf_load/kata.yaml");
    course.write("katas/hf_load/kata.yaml", &format!("{spec}# One's own.\n"));
    let right = course.solve("hf_load").read("katas/hf_load/hf_load.rs");
    let own = course.katas("run hf_load").exits(0).says(SOLUTION);
    assert!(own.stdout.contains("katas show split_merge"), "{own}");
    course.katas(SOLUTION.trim_start_matches("katas ")).exits(0);

    course.katas("reset hf_load").exits(0);
    course.write("right.rs", &right);
    let other = course.katas("run hf_load --answer right.rs").exits(0);
    other
        .says("katas show split_merge")
        .says_nothing_of(SOLUTION);
    course.katas("solution hf_load --give-up").exits(1);

    let course = Course::of_learner();
    std::fs::remove_file(course.root.join("katas/state_translation/kata.lock"))
        .expect("it is there");
    course
        .solve("hf_load")
        .katas("run hf_load")
        .exits(0)
        .says(SOLUTION);
}

#[test]
fn with_unencrypted_solutions_a_recorded_pass_is_enough() {
    let course = Course::of_author();
    course.solve("hf_load");
    let right = course.read("katas/hf_load/hf_load.rs");
    course.write("right.rs", &right);
    let other = course.katas("run hf_load --answer right.rs").exits(0);
    other.says_nothing_of(SOLUTION);
    course.katas("run hf_load").exits(0).says(SOLUTION);
    course.katas("reset hf_load").exits(0);
    let other = course.katas("run hf_load --answer right.rs").exits(0);
    other.says(SOLUTION);
    course.katas("solution hf_load").exits(0);
}

#[test]
fn an_existing_file_is_not_announced() {
    let course = Course::of_learner();
    let alone = || course.finish(&mut course.command::<&str>(&[]));
    alone().exits(0).says("the first run creates the file");
    course.write_answer("hf_load", "");
    alone().exits(0).says_nothing_of("creates the file");
}

#[test]
fn a_course_without_katas_was_not_passed() {
    let course = Course::empty();
    course.write(
        "katas/course.yaml",
        "format: 1\ntitle: Empty\nchapters: []\npoints:\n  credit: cases\n",
    );
    let alone = course.finish(&mut course.command::<&str>(&[]));
    alone.exits(0).says("This course has no katas yet.");
    for command in ["run", "show", "hint"] {
        course
            .katas(command)
            .says("no katas yet")
            .says_nothing_of("passed every kata");
    }
}

#[test]
fn one_broken_kata_does_not_hide_the_others() {
    let course = Course::of_learner();
    course
        .solve("hf_load")
        .solve("split_merge")
        .solve("state_translation");
    course.write("katas/hf_load/kata.lock", "{}");
    course.write("katas/split_merge/kata.yaml", "format: 1\n");
    let all = course.katas("run --all").exits(3);
    all.says("not judged  hf_load            the kata is broken")
        .says("not judged  split_merge        the kata is broken")
        .says("passed      state_translation")
        .says("1 of 3 katas passed.")
        .says("katas/hf_load/kata.lock cannot be used")
        .says("in katas/split_merge/kata.yaml");
}

#[test]
fn a_missing_or_outdated_lock_is_reported() {
    let course = Course::of_learner();
    course.solve("hf_load");
    std::fs::remove_file(course.root.join("katas/hf_load/kata.lock")).expect("it is there");
    course.katas("run hf_load").exits(3).says(
        "there is no such file, and the hidden case `45° rotation` cannot be judged without it",
    );

    let course = Course::of_author();
    course.solve("hf_load");
    course
        .katas("run hf_load")
        .exits(0)
        .says_nothing_of("kata.lock");
    let spec = course.read("katas/hf_load/kata.yaml");
    course.write(
        "katas/hf_load/kata.yaml",
        &spec.replace("points: 4", "points: 4\ndraws: 999"),
    );
    course.write(
        "katas/hf_load/kata.yaml",
        &spec.replace("x: [1, 2, 3]\n", "x: [1, 2, 4]\n"),
    );
    course
        .katas("run hf_load")
        .says("katas/hf_load/kata.lock cannot be used: kata.yaml was changed after it was made.");
}
