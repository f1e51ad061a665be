//! Exports of course platforms, and folders that teachers collect themselves.

use katas::record::{Record, Status};

use super::world::{Class, record, solution, zipped};
use crate::common::Course;

/// Judges hf_load for a class and checks who passed, and under which name.
#[track_caller]
pub(super) fn check(
    course: &Course,
    class: &str,
    expected: &[(&str, Option<&str>, Status)],
) -> Record {
    course
        .katas(&format!(
            "grade hf_load --class {class} --report json=class.json"
        ))
        .exits(0);
    let record = record(course, "class.json");
    let found: Vec<_> = record
        .submissions
        .iter()
        .map(|one| {
            (
                one.id.as_str(),
                one.student.name.as_deref(),
                one.katas[0].status,
            )
        })
        .collect();
    assert_eq!(found, expected);
    record
}

#[test]
fn folders_checkouts_zips_and_loose_files() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    let right = solution("hf_load");
    class
        .solved("checkout", "hf_load")
        .file("checkout/.git/HEAD", "ref: refs/heads/main\n");
    class.file("deep/some/where/hf_load.rs", &right);
    class
        .file("decoys/target/hf_load.rs", "no")
        .file("decoys/solutions/hf_load/hf_load.rs", "no");
    class.file("loose.rs", &right);
    class.zip(
        "zipped.zip",
        &[
            ("work/katas/hf_load/hf_load.rs", &right),
            ("__MACOSX/hf_load.rs", "no"),
        ],
    );
    class
        .file("README.md", "Not handed in by anyone.\n")
        .file(".DS_Store", "");
    let passed = |id| (id, None, Status::Passed);
    check(
        &course,
        "class",
        &[
            passed("checkout"),
            ("decoys", None, Status::Missing),
            passed("deep"),
            passed("loose"),
            passed("zipped"),
        ],
    );
}

#[test]
fn two_files_for_one_kata_are_reported() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    class
        .file("ada/new/hf_load.rs", &solution("hf_load"))
        .file("ada/old/hf_load.rs", "no");
    let record = check(&course, "class", &[("ada", None, Status::Passed)]);
    assert_eq!(
        record.submissions[0].problems,
        ["it has several files for hf_load; new/hf_load.rs was judged, not old/hf_load.rs"]
    );
}

/// If the file of submitters cannot be parsed, only the names are missing, and the run says so.
#[test]
fn gradescope_whose_names_cannot_be_read() {
    let course = Course::of_learner();
    course.write("class/submission_1/hf_load.rs", &solution("hf_load"));
    let people = "submission_1:\n  :submitters: &all\n  - :name: Jane Doe\nsubmission_2: *all\n";
    course.write("class/submission_metadata.yml", people);
    let screen = course.katas("grade hf_load --class class").exits(0);
    screen.says("submission_metadata.yml");
    check(&course, "class", &[("submission_1", None, Status::Passed)]);
}

/// The exact name is preferred to one with other capitals, and a file at the top to one in a folder.
#[test]
fn the_right_name_at_the_top_counts() {
    let course = Course::of_learner();
    let starter = course.read("katas/hf_load/starter.rs");
    for (student, other) in [
        ("ada", "Hf_Load.rs"),
        ("bob", "my/katas/hf_load/hf_load.rs"),
    ] {
        course.write(&format!("class/{student}/hf_load.rs"), &solution("hf_load"));
        course.write(&format!("class/{student}/{other}"), &starter);
    }
    let passed = |id| (id, None, Status::Passed);
    check(&course, "class", &[passed("ada"), passed("bob")]);
}

#[test]
fn gradescope() {
    let course = Course::of_learner();
    let right = solution("hf_load");
    let people = "\
---
submission_11:
  :submitters:
  - :name: Jane Doe
    :sid: '0042'
    :email: jane@school.example
  :created_at: 2026-11-02 20:09:52.413000000 Z
submission_12:
  :submitters:
  - :name: Ana
  - :name: Bo
";
    zipped(
        &course.root.join("export.zip"),
        &[
            ("assignment_9_export/submission_metadata.yml", people),
            ("assignment_9_export/submission_11/hf_load.rs", &right),
            (
                "assignment_9_export/submission_12/katas/hf_load/hf_load.rs",
                "pub fn",
            ),
            ("__MACOSX/assignment_9_export/._submission_11", ""),
        ],
    );
    let record = check(
        &course,
        "export.zip",
        &[
            ("submission_11", Some("Jane Doe"), Status::Passed),
            ("submission_12", Some("Ana and Bo"), Status::Refused),
        ],
    );
    assert_eq!(
        record.submissions[0].student.email.as_deref(),
        Some("jane@school.example")
    );
    assert_eq!(
        record.submissions[0].student.sis_id.as_deref(),
        Some("0042")
    );
    let scratch = std::fs::read_dir(course.cache.join("scratch")).expect("it was used");
    assert_eq!(scratch.count(), 0, "what was unpacked is removed");
}

#[test]
fn moodle() {
    let course = Course::of_learner();
    let right = solution("hf_load");
    let class = Class::of(&course);
    class.file("Ana Lu_11_assignsubmission_file/hf_load.rs", &right);
    class.file("Bo_12_assignsubmission_file_/hf_load.rs", "pub fn");
    class.zip(
        "Cy_13_assignsubmission_file/katas.zip",
        &[("katas/hf_load/hf_load.rs", &right)],
    );
    class.file("Dee_14_assignsubmission_file_hf_load.rs", &right);
    class.file("Dee_14_assignsubmission_file_notes.txt", "none");
    class.file("Eve_15_assignsubmission_file/hf_load.rs", &right);
    class.file(
        "Eve_15_assignsubmission_onlinetext/onlinetext.html",
        "I handed it in.",
    );
    class.file(
        "Flo_16_assignsubmission_onlinetext/onlinetext.html",
        "No time.",
    );
    class.zip(
        "Gus_17_assignsubmission_file/hw.zip",
        &[("hf_load.rs", &right)],
    );
    class.file("Gus_17_assignsubmission_file/README.txt", "See the zip.");
    check(
        &course,
        "class",
        &[
            ("Ana Lu_11", Some("Ana Lu"), Status::Passed),
            ("Bo_12", Some("Bo"), Status::Refused),
            ("Cy_13", Some("Cy"), Status::Passed),
            ("Dee_14", Some("Dee"), Status::Passed),
            ("Eve_15", Some("Eve"), Status::Passed),
            ("Flo_16", Some("Flo"), Status::Missing),
            ("Gus_17", Some("Gus"), Status::Passed),
        ],
    );
}

#[test]
fn canvas() {
    let course = Course::of_learner();
    let right = solution("hf_load");
    zipped(
        &course.root.join("submissions.zip"),
        &[
            ("doejane_11_901_hf_load.rs", &right),
            ("lulana_LATE_12_902_hf_load-1.rs", &right),
            ("obo_13_903_notes.pdf", ""),
        ],
    );
    let record = check(
        &course,
        "submissions.zip",
        &[
            ("doejane_11", Some("doejane"), Status::Passed),
            ("lulana_12", Some("lulana"), Status::Passed),
            ("obo_13", Some("obo"), Status::Missing),
        ],
    );
    assert_eq!(
        record.submissions[0].student.canvas_id.as_deref(),
        Some("11")
    );
}

#[test]
fn a_false_or_invalid_zip_does_no_harm() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    let bomb = " ".repeat(50 << 20);
    class.zip("bomb.zip", &[("hf_load.rs", &bomb)]);
    class.zip(
        "climber.zip",
        &[("../../katas/hf_load/hf_load.rs", &solution("hf_load"))],
    );
    class.file("none.zip", "no zip");
    class.solved("whole", "hf_load");
    let before = course.read("katas/hf_load/kata.yaml");
    let record = check(
        &course,
        "class",
        &[
            ("bomb", None, Status::Refused),
            ("climber", None, Status::Passed),
            ("none", None, Status::Unjudged),
            ("whole", None, Status::Passed),
        ],
    );
    assert_eq!(
        record.submissions[0].katas[0].headline,
        "not yet. The answer hf_load.rs is larger than 256 KiB."
    );
    assert!(record.submissions[2].problems[0].starts_with("its zip cannot be read"));
    assert_eq!(course.read("katas/hf_load/kata.yaml"), before);
    assert!(
        !course.root.join("katas/hf_load/hf_load.rs").exists(),
        "nothing is unpacked into the course"
    );
}

#[test]
fn a_link_leads_nowhere() {
    let course = Course::of_author();
    let class = Class::of(&course);
    class.folder("ada/katas").folder("ben/katas/hf_load");
    let link = |from: &str, to: &str| {
        std::os::unix::fs::symlink(course.root.join(to), course.root.join("class").join(from))
            .expect("a link");
    };
    link("ada/katas/hf_load", "solutions/hf_load");
    link(
        "ben/katas/hf_load/hf_load.rs",
        "solutions/hf_load/solution.rs",
    );
    link("cy", "solutions/hf_load");
    let record = check(
        &course,
        "class",
        &[
            ("ada", None, Status::Refused),
            ("ben", None, Status::Refused),
        ],
    );
    assert!(!format!("{record:?}").contains("nnx::Linear"));
    // A refused file needs no tools.
    assert!(!course.cache.join("python").exists());
}
