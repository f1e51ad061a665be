//! `katas reset`.

use crate::common::{Course, shown};

#[test]
fn the_old_answer_is_kept_as_a_backup() {
    let course = Course::of_learner();
    course.write_answer("hf_load", "// the first try");
    shown("reset", &course.katas("reset hf_load").exits(0));
    assert_eq!(
        course.read("katas/hf_load/hf_load.rs"),
        course.read("katas/hf_load/starter.rs")
    );
    course.write_answer("hf_load", "// the second try");
    // This is most likely in the same second, and the first backup must not be lost.
    course.katas("reset hf_load").exits(0);
    let entries = std::fs::read_dir(course.root.join("katas/hf_load")).expect("the kata's folder");
    let names = entries.map(|entry| entry.expect("an entry").path());
    let backups = names.filter(|path| path.extension().is_some_and(|ending| ending == "backup"));
    let mut texts: Vec<_> = backups
        .map(|path| std::fs::read_to_string(path).expect("a backup"))
        .collect();
    texts.sort();
    assert_eq!(texts, ["// the first try", "// the second try"]);
}

#[test]
fn nothing_to_keep() {
    let course = Course::of_learner();
    shown("reset_made", &course.katas("reset hf_load").exits(0));
    shown("reset_unchanged", &course.katas("reset hf_load").exits(0));
}

#[test]
fn hints_begin_anew_and_a_pass_stays() {
    let course = Course::of_learner();
    course.solve("hf_load").katas("run hf_load").exits(0);
    course.katas("hint hf_load --all").exits(0);
    course.katas("reset hf_load").exits(0);
    course.katas("hint hf_load").exits(0).says("hint 1 of 4");
    course.katas("list").exits(0).says("1 of 3 katas passed");
}

#[test]
fn it_requires_a_name() {
    let course = Course::of_learner();
    shown("reset_without_name", &course.katas("reset").exits(2));
}

#[test]
fn a_pipe_or_a_folder_is_refused_and_left_alone() {
    for odd in ["mkfifo", "mkdir"] {
        let course = Course::of_learner();
        let path = course.root.join("katas/hf_load/hf_load.rs");
        let made = std::process::Command::new(odd).arg(&path).status();
        assert!(made.expect("it can be started").success());
        let reset = course.katas("reset hf_load").exits(4);
        reset
            .says("is not a regular file")
            .says("hint: move it away");
        assert!(!path.is_file() && path.exists());
        course.katas("run hf_load").exits(1);
    }
}
