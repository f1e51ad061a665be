//! `katas init`.

use crate::common::{Course, shown};

#[test]
fn it_makes_a_course_that_is_ready_to_run() {
    let course = Course::empty();
    let screen = course
        .katas("init mine")
        .exits(0)
        .says("Created a course of ");
    // The number of katas is not what this test is about.
    assert!(screen.stderr.is_empty(), "{screen}");
    for file in [
        ".gitignore",
        "rust-project.json",
        ".vscode/settings.json",
        "katas/course.yaml",
        "katas/hf_load/README.md",
        "katas/hf_load/hf_load.rs",
        "katas/hf_load/hints.md",
        "katas/hf_load/kata.yaml",
        "katas/hf_load/starter.rs",
    ] {
        assert!(course.root.join("mine").join(file).is_file(), "{file}");
    }
    assert!(!course.root.join("mine/solutions").exists());
    assert_eq!(
        course.read("mine/katas/hf_load/hf_load.rs"),
        course.read("mine/katas/hf_load/starter.rs")
    );
    let inside = course.root.join("mine");
    course
        .finish(course.command(&["run"]).current_dir(&inside))
        .exits(1)
        .says("Judging hf_load");
}

#[test]
fn it_completes_a_course_without_changing_files() {
    let course = Course::from_fixture("one");
    shown("init_new", &course.katas("init . --no-build").exits(0));
    course.write("katas/hf_load/hf_load.rs", "// mine");
    course.write(".gitignore", "# mine");
    shown("init_again", &course.katas("init . --no-build").exits(0));
    std::fs::remove_file(course.root.join("katas/hf_load/hints.md")).expect("it was made");
    course
        .katas("init .")
        .exits(0)
        .says("Restored katas/hf_load/hints.md.");
    assert!(course.root.join("katas/hf_load/hints.md").is_file());
    assert_eq!(course.read("katas/hf_load/hf_load.rs"), "// mine");
    assert_eq!(course.read(".gitignore"), "# mine");
}

#[test]
fn existing_editor_files_are_kept() {
    let course = Course::empty();
    course.write("mine/.vscode/settings.json", "{}");
    course.katas("init mine").exits(0);
    assert_eq!(course.read("mine/.vscode/settings.json"), "{}");
}

#[test]
fn a_file_in_the_way() {
    let course = Course::empty();
    course.write("taken", "");
    shown("init_file_in_the_way", &course.katas("init taken").exits(4));
}

#[test]
fn a_folder_that_cannot_be_written() {
    let course = Course::empty();
    shown(
        "init_unwritable",
        &course.katas("init /proc/katas").exits(4),
    );
}
