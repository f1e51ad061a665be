//! Courses with damaged, missing or irregular files: the messages, and that no command blocks or loses work.

use std::os::unix::fs::symlink;
use std::process::Command;

use crate::common::Course;

/// Replaces a file of the course.
fn replace(course: &Course, file: &str, by: &str) {
    let path = course.root.join(file);
    std::fs::remove_file(&path).expect("the file was there");
    match by {
        "a named pipe" => {
            let made = Command::new("mkfifo").arg(&path).status();
            assert!(made.expect("mkfifo can be started").success());
        }
        "a device" => symlink("/dev/zero", &path).expect("a link can be made"),
        "larger than 16 MiB" => {
            let file = std::fs::File::create(&path).expect("the course can be written");
            file.set_len((16 << 20) + 1).expect("a hole takes no room");
        }
        _ => std::fs::create_dir(&path).expect("a folder can be made"),
    }
}

#[test]
fn files_that_are_no_ordinary_files_are_refused_and_not_waited_for() {
    for (file, command) in [
        ("course.yaml", "list"),
        ("hf_load/kata.yaml", "list"),
        ("hf_load/kata.yaml", "run hf_load"),
        ("hf_load/README.md", "show hf_load"),
        ("hf_load/hints.md", "hint hf_load"),
        ("hf_load/starter.rs", "reset hf_load"),
        ("hf_load/starter.rs", "run hf_load"),
    ] {
        for by in [
            "a named pipe",
            "a device",
            "a folder, not a file",
            "larger than 16 MiB",
        ] {
            let course = Course::of_learner();
            replace(&course, &format!("katas/{file}"), by);
            course
                .katas(command)
                .exits(4)
                .says(&format!("cannot read [COURSE]/katas/{file}"))
                .says(&format!("caused by: it is {by}"));
        }
    }
}

#[test]
fn a_lock_that_is_no_ordinary_file_is_refused() {
    let course = Course::of_learner();
    course.solve("hf_load");
    replace(&course, "katas/hf_load/kata.lock", "a named pipe");
    course
        .katas("run hf_load")
        .exits(3)
        .says("it is not a regular file");
}

/// For a kata of the course's author, katas cannot restore anything, and must not suggest removing files.
#[test]
fn no_hint_suggests_removing_the_authors_own_kata() {
    let course = Course::from_fixture("kinds");
    course.write("katas/close/kata.yaml", "format: 1\n");
    for command in ["run close", "show close", "init . --no-build"] {
        let screen = course.katas(command).exits(3);
        let screen = screen
            .says("the kata itself is broken: 7 faults in katas/close/kata.yaml")
            .says("if it is yours, correct what is marked above");
        assert!(!screen.stderr.contains("delete"), "{screen}");
        assert!(!screen.stderr.contains("katas init"), "{screen}");
    }
    let course = Course::from_fixture("kinds");
    std::fs::remove_file(course.root.join("katas/close/hints.md")).expect("it was there");
    let screen = course.katas("hint close").exits(4);
    let screen = screen.says("restore the file");
    assert!(!screen.stderr.contains("katas init"), "{screen}");
}

#[test]
fn a_broken_list_of_katas_is_the_courses_fault() {
    let course = Course::from_fixture("kinds");
    course.write("katas/course.yaml", "format: 1\n");
    for command in ["list", "init . --no-build"] {
        course
            .katas(command)
            .exits(3)
            .says("the course itself is broken: 2 faults in katas/course.yaml");
    }
}

#[test]
fn a_course_of_ones_own_is_not_filled_with_the_built_in_katas() {
    let course = Course::from_fixture("kinds");
    course
        .katas("init . --no-build")
        .exits(0)
        .says("to the course in this folder.");
    assert!(!course.root.join("katas/hf_load").exists());
    assert!(course.root.join("katas/close/close.rs").is_file());
}
