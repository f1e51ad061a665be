//! `katas classroom new`: the required options, and files that are never written.

use crate::common::classroom::{REV, new, release};
use crate::common::{Course, shown};

#[test]
fn a_class_template_is_made() {
    let course = Course::of_author();
    let git = format!("--katas-git https://example.org/katas.git --katas-rev {REV}");
    shown("classroom_new", &new(&course, &format!("class {git}")));
    shown(
        "classroom_new_again",
        &course.katas(&format!("classroom new class {git}")).exits(2),
    );
    shown(
        "classroom_new_gradescope",
        &new(&course, &format!("--gradescope autograder.zip {git}")),
    );
    course
        .katas(&format!(
            "classroom new other --gradescope autograder.zip {git}"
        ))
        .exits(2)
        .says("autograder.zip already exists");
    assert!(!course.root.join("other").exists());
    // All or nothing: if the folder is not empty, no zip is written either.
    course
        .katas(&format!("classroom new class --gradescope new.zip {git}"))
        .exits(2)
        .says("is not empty");
    assert!(!course.root.join("new.zip").exists());
    new(&course, &format!("fifty --classroom50 port-weights {git}"));
    for file in [
        "TEACHER.md",
        "runtime.json",
        "autograders/port-weights/autograder.py",
        "template/README.md",
    ] {
        assert!(course.root.join("fifty").join(file).is_file(), "{file}");
    }
}

#[test]
fn conflicting_options_are_refused_with_a_hint() {
    let course = Course::of_author();
    course.write("program", "#!/bin/sh\n");
    let tag = format!(
        "--katas-git https://example.org/katas.git --katas-rev {}",
        "v1.0"
    );
    let git = format!("--katas-git https://example.org/katas.git --katas-rev {REV}");
    let token = format!("--katas-git https://me:token@example.org/katas --katas-rev {REV}");
    for (words, says) in [
        ("class", "no version of katas was chosen for the class"),
        (
            "class --katas-git https://example.org/katas.git",
            "--katas-rev <REV>",
        ),
        (
            "class --katas-release https://example.org/katas",
            "--katas-sha256 <HEX>",
        ),
        (&git, "no destination was given"),
        (&format!("class {tag}"), "`git rev-parse HEAD`"),
        (&format!("class {token}"), "every student can read it"),
        (
            &format!("class --classroom50 Port_Weights {git}"),
            "port-weights",
        ),
        (
            &format!("class --kata hf_lod {git}"),
            "did you mean `hf_load`?",
        ),
        (
            &format!("class --kata attention_is_all {git}"),
            "hint: the katas are `hf_load`, `split_merge`",
        ),
        (&format!("class --key-file class.key {git}"), "--gradescope"),
        (
            &format!("class --classroom50 a --katas-binary program {git}"),
            "is not a Linux program",
        ),
        (
            &format!("class --classroom50 a --gradescope a.zip {git}"),
            "cannot be used with",
        ),
    ] {
        course
            .katas(&format!("classroom new {words}"))
            .exits(2)
            .says(says)
            .says_nothing_of("panicked")
            .says_nothing_of("me:token");
    }
    course
        .write("class.key", "six words taken by mere chance")
        .katas(&format!(
            "classroom new --gradescope a.zip --key-file class.key {git}"
        ))
        .exits(2)
        .says("no kata has a sealed case");
    let program = env!("CARGO_BIN_EXE_katas");
    course
        .katas(&format!(
            "classroom new class --katas-binary {program} {}",
            release()
        ))
        .exits(2)
        .says("cannot include a program");
    course
        .katas(&format!("classroom new class --katas-binary {program}"))
        .exits(2)
        .says("cannot include a program");
    assert!(!course.root.join("class").exists());
}

#[test]
fn a_course_that_is_not_ready_for_students_is_refused() {
    let course = Course::of_author();
    let git = format!("--katas-git https://example.org/katas.git --katas-rev {REV}");
    std::fs::remove_file(course.root.join("katas/hf_load/kata.lock")).expect("the lock");
    shown(
        "classroom_new_without_lock",
        &course.katas(&format!("classroom new class {git}")).exits(3),
    );
    course
        .katas(&format!("classroom new class --kata split_merge {git}"))
        .exits(0);
}

#[test]
fn a_submission_elsewhere_is_judged_with_this_course() {
    let course = Course::of_author();
    // A learner's answer in the course has no effect.
    course.solve("split_merge");
    let answer = std::fs::read_to_string(course.root.join("solutions/hf_load/solution.rs"));
    course.write("handed/in/hf_load.rs", &answer.expect("a solution"));
    course
        .katas("grade --submission handed")
        .exits(0)
        .says("4 / 9")
        .says("there is no split_merge.rs");
    course
        .katas("grade --submission nowhere")
        .exits(4)
        .says("cannot read nowhere");
    course
        .katas("grade --submission handed --class handed")
        .exits(2);
}
