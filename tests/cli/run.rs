//! `katas run`: which answer it judges, and what progress stores. Its verdicts are in `verdicts/`.

use std::os::unix::fs::MetadataExt;

use katas::record::Status;

use crate::common::{Course, shown};

#[test]
fn the_first_run_makes_the_file() {
    let course = Course::of_learner();
    shown("run_first", &course.katas("run hf_load").exits(1));
    assert_eq!(
        course.read("katas/hf_load/hf_load.rs"),
        course.read("katas/hf_load/starter.rs")
    );
    assert!(course.root.join("rust-project.json").is_file());
    shown("run_second", &course.katas("run hf_load").exits(1));
}

#[test]
fn alone_it_takes_the_next_kata() {
    let course = Course::of_author();
    course.solve("hf_load");
    shown("run_alone", &course.katas("run").exits(0));
    course.katas("run").exits(1).says("Judging split_merge, ");
    for id in ["split_merge", "state_translation"] {
        course.solve(id).katas("run").exits(0);
    }
    shown("run_alone_all_passed", &course.katas("run").exits(0));
}

#[test]
fn all_of_them() {
    let course = Course::of_author();
    course
        .solve("hf_load")
        .answer("split_merge", "never_called");
    shown("run_all", &course.katas("run --all").exits(1));
    course.solve("split_merge").solve("state_translation");
    shown("run_all_passed", &course.katas("run --all").exits(0));
    course.katas("list").exits(0).says("3 of 3 katas passed");
}

#[test]
fn one_case() {
    let course = Course::of_author();
    course.answer("hf_load", "panic_on_one_case");
    shown("run_case", &course.katas("run hf_load --case 3").exits(1));
    shown(
        "run_case_passed",
        &course.katas("run hf_load --case 2").exits(0),
    );
    // The whole of a case that passes can be seen, to work it out by hand.
    shown(
        "run_case_passed_full",
        &course.katas("run hf_load --case 2 --full").exits(0),
    );
    shown(
        "run_case_hidden",
        &course.katas("run hf_load --case 6").exits(2),
    );
    shown(
        "run_case_unknown",
        &course.katas("run hf_load --case 99").exits(2),
    );
    course.katas("run hf_load --case 0").exits(2);
    // A run of one case is neither a pass nor a try.
    assert!(!course.root.join(".katas/progress.json").exists());
}

#[test]
fn another_file() {
    let course = Course::of_author();
    shown(
        "run_answer",
        &course
            .katas("run hf_load --answer solutions/hf_load/solution.rs")
            .exits(0),
    );
    course.katas("list").exits(0).says("0 of 3 katas passed");
    assert!(!course.root.join("katas/hf_load/hf_load.rs").exists());
    shown(
        "run_answer_without_name",
        &course.katas("run --answer mine.rs").exits(2),
    );
    course.katas("run hf_load --all").exits(2);
}

#[test]
fn the_time_limit_is_a_number_of_seconds() {
    let course = Course::of_author();
    course.solve("hf_load");
    course.katas("run hf_load --time-limit 3600").exits(0);
    shown(
        "run_time_limit_0",
        &course.katas("run hf_load --time-limit 0").exits(2),
    );
    course.katas("run hf_load --time-limit soon").exits(2);
}

#[test]
fn an_unchanged_answer_is_not_built_again() {
    let course = Course::of_author();
    course.solve("hf_load");
    let built = || -> Vec<_> {
        let entries = std::fs::read_dir(course.cache.join("answers")).expect("answers are kept");
        let mut programs: Vec<_> = entries
            .map(|entry| entry.expect("an entry").path().join("answer"))
            .map(|path| {
                let about = std::fs::metadata(&path).expect("a program");
                (path, about.ino(), about.modified().expect("a time"))
            })
            .collect();
        programs.sort();
        programs
    };
    course.katas("run hf_load").exits(0);
    let first = built();
    assert_eq!(first.len(), 1);
    course.katas("run hf_load").exits(0);
    assert_eq!(built(), first);
    // Touched but not changed.
    course.solve("hf_load").katas("run hf_load").exits(0);
    assert_eq!(built(), first);
    let changed = course.read("katas/hf_load/hf_load.rs") + "// changed\n";
    course
        .write_answer("hf_load", &changed)
        .katas("run hf_load")
        .exits(0);
    assert_eq!(built().len(), 2);
}

#[test]
fn an_answer_of_the_learners_neighbor_is_not_read() {
    // `mod helper;` would read a file next to the answer, but an answer is a single file.
    let course = Course::of_author();
    course.write("katas/hf_load/helper.rs", "pub fn help() {}");
    course.write_answer("hf_load", "mod helper;");
    course.katas("run hf_load").exits(1).says("helper");
    course.write_answer("hf_load", "const TEXT: &str = include_str!(\"kata.yaml\");");
    course.katas("run hf_load").exits(1).says("kata.yaml");
}

#[test]
fn a_broken_kata() {
    let course = Course::of_author();
    let spec = course.read("katas/hf_load/kata.yaml");
    let broken = spec
        .replace("difficulty: easy", "difficulty: middling")
        .replace("expect: [7, 5]", "expect: [7]");
    course.write("katas/hf_load/kata.yaml", &broken);
    shown("broken_kata", &course.katas("run hf_load").exits(3));
    for words in ["show hf_load", "list", "hint hf_load", "run --all"] {
        course.katas(words).exits(3).says("middling");
    }
    // The other katas can still be solved.
    course
        .solve("split_merge")
        .katas("run split_merge")
        .exits(0);
}

#[test]
fn a_course_file_that_cannot_be_read() {
    let course = Course::of_learner();
    course.write("katas/course.yaml", "format: 2\n");
    shown("broken_course", &course.katas("list").exits(3));
    let course = Course::of_learner();
    std::fs::remove_file(course.root.join("katas/hf_load/kata.yaml")).expect("it was copied");
    shown("missing_spec", &course.katas("run hf_load").exits(4));
    let course = Course::of_learner();
    for starter in ["starter.rs", "starter.py"] {
        std::fs::remove_file(course.root.join("katas/hf_load").join(starter))
            .expect("it was copied");
    }
    shown("missing_starter", &course.katas("run hf_load").exits(4));
}

#[test]
fn a_report_holds_what_the_screen_says() {
    let course = Course::of_author();
    let wrong = course.read("solutions/hf_load/wrong/no_transpose.rs");
    course.write_answer("hf_load", &wrong);
    course
        .katas("run hf_load --report json=r.json")
        .exits(1)
        .says("not yet. 1 of 8 cases passed.");
    let record = katas::report::read(course.read("r.json").as_bytes()).expect("a whole record");
    let [submission] = &record.submissions[..] else {
        panic!("there is one submission");
    };
    let [kata] = &submission.katas[..] else {
        panic!("one kata was judged");
    };
    assert_eq!(
        (kata.kata.as_str(), kata.status),
        ("hf_load", Status::Failed)
    );
    assert_eq!(
        (kata.passed_of(), kata.causes[0].id.as_str()),
        ((1, 8), "no_transpose")
    );
    let answer = kata.answer.as_ref().expect("the answer");
    assert_eq!(
        (answer.track.as_str(), answer.file.as_str()),
        ("rust", "katas/hf_load/hf_load.rs")
    );
    assert!(
        kata.screen.contains("expected shape (3, 4), found (4, 3)"),
        "{}",
        kata.screen
    );
    // A run with a report counts like any other run.
    course.solve("hf_load");
    course.katas("run hf_load --report junit=r.xml").exits(0);
    assert!(course.read("r.xml").contains("failures=\"0\""));
    course.katas("list").says("1 of 3");
    course
        .katas("run hf_load --report json=-")
        .exits(2)
        .says("its report goes to a file");
}

/// Without `--full`, an input of several lines is cut to one line.
#[test]
fn in_full_every_line_of_an_input_is_there() {
    let course = Course::of_repository();
    let words = "run complete_load --answer solutions/complete_load/wrong/size_only.rs --case 2";
    shown("run_text", &course.katas(words).exits(1));
    let full = course.katas(&format!("{words} --full")).exits(1);
    shown("run_text_full", &full);
}
