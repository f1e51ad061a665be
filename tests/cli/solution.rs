//! `katas solution`.

use crate::common::{Course, repository, shown};

#[test]
fn it_waits_for_a_pass() {
    let course = Course::of_author();
    shown(
        "solution_too_early",
        &course.katas("solution hf_load").exits(1),
    );
    course.solve("hf_load").katas("run hf_load").exits(0);
    let screen = course.katas("solution hf_load --track rust").exits(0);
    assert_eq!(screen.stdout, course.read("solutions/hf_load/solution.rs"));
    course
        .katas("list")
        .exits(0)
        .says_nothing_of("reference answer");
}

#[test]
fn it_shows_every_language_and_what_the_cases_do_not_notice() {
    let course = Course::of_learner();
    let screen = course.katas("solution hf_load --give-up").exits(0);
    for language in ["rs", "py"] {
        let file = repository().join(format!("solutions/hf_load/solution.{language}"));
        let text = std::fs::read_to_string(file).expect("the solution");
        assert!(screen.stdout.contains(text.trim_end()), "{screen}");
    }
    screen.says("known mistakes, each case catches:");
    course
        .katas("solution hf_load --track cobol")
        .exits(2)
        .says("choose one of: rust, python");
}

#[test]
fn giving_up_is_recorded_and_passes_nothing() {
    let course = Course::of_learner();
    // The last hint mentions it.
    course
        .katas("hint hf_load --all")
        .exits(0)
        .says("katas solution hf_load --give-up");
    course.katas("solution hf_load").exits(1).says("--give-up");
    course.katas("solution hf_load --give-up").exits(0);
    // After that, it is shown without the option.
    let answer = course.katas("solution hf_load --track rust").exits(0);
    let list = course.katas("list").exits(0);
    list.says("0 of 3 katas passed")
        .says("The reference answer was shown before an answer passed: hf_load.");
    course.write("katas/hf_load/hf_load.rs", &answer.stdout);
    course.katas("run hf_load --report json=it.json").exits(0);
    let record: serde_json::Value =
        serde_json::from_str(&course.read("it.json")).expect("a record");
    let kata = &record["submissions"][0]["katas"][0];
    assert_eq!(kata["gave_up"], true);
    let headline = kata["headline"].as_str().expect("a sentence");
    assert!(
        headline.ends_with("The reference answer had been shown before."),
        "{headline}"
    );
    // A pass does not undo it.
    course
        .katas("list")
        .exits(0)
        .says("1 of 3")
        .says(": hf_load.");
}

/// The program has answers only to the built-in course, not to other katas with the same names.
#[test]
fn a_course_without_solutions() {
    let course = Course::of_learner();
    let spec = course.read("katas/hf_load/kata.yaml");
    course.write(
        "katas/hf_load/kata.yaml",
        &format!("{spec}# Another one.\n"),
    );
    std::fs::remove_file(course.root.join("katas/hf_load/kata.lock")).expect("it is there");
    shown(
        "solution_not_here",
        &course.katas("solution hf_load --give-up").exits(2),
    );
}
