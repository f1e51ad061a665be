//! Unusual contents of teachers' folders: duplicate names, unknown files, harmful names, folders that disappear.

use katas::record::Status;

use super::exports::check;
use super::world::{Class, record, solution, zipped};
use crate::common::Course;

#[test]
fn other_entries_are_reported_and_equal_names_are_distinguished() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    let right = solution("hf_load");
    class
        .solved("ada", "hf_load")
        .zip("ada.zip", &[("hf_load.rs", "pub fn")]);
    class.file("dan.tar.gz", "").file("eve.rs", &right);
    std::os::unix::fs::symlink("ada", course.root.join("class/flo")).expect("a link");
    let words = "grade hf_load split_merge --class class --report json=class.json --report markdown=out/{id}.md";
    course
        .katas(words)
        .exits(0)
        .says("dan.tar.gz, eve.rs, flo.");
    let record = record(&course, "class.json");
    let found = record.submissions.iter();
    let found: Vec<_> = found
        .map(|one| (one.id.as_str(), one.katas[0].status, one.problems.len()))
        .collect();
    assert_eq!(
        found,
        [("ada", Status::Passed, 0), ("ada (2)", Status::Refused, 1)]
    );
    let mut written: Vec<_> = std::fs::read_dir(course.root.join("out"))
        .expect("reports")
        .map(|entry| entry.expect("a report").file_name())
        .collect();
    written.sort();
    assert_eq!(written, ["ada (2).md", "ada.md"]);
}

#[test]
fn a_course_is_no_class_and_a_run_that_fails_keeps_earlier_reports() {
    let course = Course::of_learner();
    Class::of(&course).solved("ada", "hf_load");
    course
        .katas("grade --class class --report csv=keep.csv")
        .exits(0);
    let kept = course.read("keep.csv");
    course
        .katas("grade --class clas --report csv=keep.csv")
        .exits(4)
        .says("pass the folder or the zip");
    course
        .katas("grade --class . --report csv=keep.csv")
        .exits(2)
        .says("`--submission DIR` judges a single one");
    assert_eq!(course.read("keep.csv"), kept);
}

#[test]
fn the_last_resubmitted_file_counts() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    class.file("doejane_11_901_hf_load.rs", "pub fn");
    class.file("doejane_11_902_hf_load-2.rs", "pub fn");
    class.file("doejane_11_903_hf_load-10.rs", &solution("hf_load"));
    check(
        &course,
        "class",
        &[("doejane_11", Some("doejane"), Status::Passed)],
    );
}

#[test]
fn names_do_not_steer_the_terminal() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    class
        .file("ada/\u{1b}[31ma/hf_load.rs", "pub fn")
        .file("ada/b/hf_load.rs", "pub fn");
    class.file("\u{1b}]0;title\u{7}.tar", "");
    let screen = course.katas("grade hf_load --class class").exits(0);
    assert!(
        !screen.stdout.contains('\u{1b}') && !screen.stderr.contains('\u{1b}'),
        "{screen:?}"
    );
}

#[test]
fn no_entry_of_an_exported_zip_writes_into_another_submission() {
    let course = Course::of_learner();
    let right = solution("hf_load");
    let long = format!("assignment_9_export/submission_3/{}.rs", "x".repeat(300));
    zipped(
        &course.root.join("export.zip"),
        &[
            ("assignment_9_export/submission_1/hf_load.rs", &right),
            (
                "assignment_9_export/submission_2/..\\submission_1\\hf_load.rs",
                "pub fn",
            ),
            (
                "assignment_9_export/submission_2/../submission_1/hf_load.rs",
                "pub fn",
            ),
            (
                "assignment_9_export/submission_2/.//../submission_1/hf_load.rs",
                "pub fn",
            ),
            ("assignment_9_export//submission_1/hf_load.rs", "pub fn"),
            ("assignment_9_export/submission_2/notes.md", "Nothing else."),
            (&long, "pub fn"),
            ("assignment_9_export/submission_3/hf_load.rs", &right),
            ("assignment_9_export/submission_3/hf_load.rs/x.rs", "pub fn"),
        ],
    );
    check(
        &course,
        "export.zip",
        &[
            ("submission_1", None, Status::Passed),
            ("submission_2", None, Status::Missing),
            ("submission_3", None, Status::Passed),
        ],
    );
}

#[test]
fn a_submission_that_is_gone_is_not_judged() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    class.solved("ada", "hf_load");
    let found = katas::class::find(
        &course.root.join("class"),
        &["rs"],
        None,
        &katas::files::Cache::in_folder(&course.cache),
    );
    assert_eq!(found.expect("a class").submissions.len(), 1);
    // A folder without read permission would do, but root may read it; so it is removed while another answer is
    // judged.
    let slow = solution("hf_load").replacen(
        "let model",
        "std::thread::sleep(std::time::Duration::from_secs(1));\n    let model",
        1,
    );
    class.answer("a", "hf_load", &slow).solved("z", "hf_load");
    let mut command = course.command(&[
        "grade",
        "hf_load",
        "--class",
        "class",
        "--jobs",
        "1",
        "--report",
        "json=class.json",
    ]);
    let katas = command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    let mut katas = katas.expect("katas can be started");
    crate::common::until("the first answer is compiled", || {
        course.cache.join("answers").is_dir()
    });
    std::fs::remove_dir_all(course.root.join("class/z")).expect("it was there");
    katas.wait().expect("it ends");
    let record = record(&course, "class.json");
    let last = &record.submissions[2].katas[0];
    assert_eq!(
        (record.submissions[2].id.as_str(), last.status),
        ("z", Status::Unjudged),
        "{}",
        last.headline
    );
}
