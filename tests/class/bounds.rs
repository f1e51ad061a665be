//! No submission can prevent others from being judged, and its texts are short in every report.

use katas::record::Status;

use super::exports::check;
use super::world::{Class, record, solution, zipped};
use crate::common::Course;

/// A zip with a file of this text and many empty ones, built directly, because a zip writer is slow for so many
/// entries.
fn zip_of(name: &str, text: &str, empty: impl Iterator<Item = String>) -> Vec<u8> {
    let (mut bytes, mut list, mut count) = (Vec::new(), Vec::new(), 0_u16);
    let files = [(name.to_owned(), text)].into_iter();
    for (name, text) in files.chain(empty.map(|name| (name, ""))) {
        let length = u32::try_from(text.len())
            .expect("a short text")
            .to_le_bytes();
        let name_length = u16::try_from(name.len())
            .expect("a short name")
            .to_le_bytes();
        let start = u32::try_from(bytes.len())
            .expect("a small zip")
            .to_le_bytes();
        let version = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let about = [
            &version[..],
            &crc(text.as_bytes()).to_le_bytes(),
            &length,
            &length,
            &name_length,
            &[0, 0],
        ]
        .concat();
        bytes.extend([b"PK\x03\x04", &about[..], name.as_bytes(), text.as_bytes()].concat());
        list.extend(
            [
                b"PK\x01\x02",
                &[20, 0][..],
                &about,
                &[0; 10],
                &start,
                name.as_bytes(),
            ]
            .concat(),
        );
        count += 1;
    }
    let at = u32::try_from(bytes.len())
        .expect("a small zip")
        .to_le_bytes();
    let size = u32::try_from(list.len())
        .expect("a small zip")
        .to_le_bytes();
    bytes.extend(list);
    let count = count.to_le_bytes();
    bytes.extend(
        [
            b"PK\x05\x06",
            &[0; 4][..],
            &count,
            &count,
            &size,
            &at,
            &[0; 2],
        ]
        .concat(),
    );
    bytes
}

/// The CRC-32 of a zip entry.
fn crc(bytes: &[u8]) -> u32 {
    let byte = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(u32::MAX, byte)
}

#[test]
fn a_bomb_in_an_export_is_not_judged_and_all_others_are() {
    let course = Course::of_learner();
    let bomb = (0..=20_000).map(|index| format!("hw_export/submission_1/{index}.md"));
    let zip = zip_of(
        "hw_export/submission_2/hf_load.rs",
        &solution("hf_load"),
        bomb,
    );
    std::fs::write(course.root.join("export.zip"), zip).expect("a zip");
    let record = check(
        &course,
        "export.zip",
        &[
            ("submission_1", None, Status::Unjudged),
            ("submission_2", None, Status::Passed),
        ],
    );
    let why = "it has more than 20000 files; ask for the answers only";
    assert_eq!(record.submissions[0].problems, [why]);
    assert_eq!(
        record.submissions[0].katas[0].headline,
        format!("not judged: {why}.")
    );
}

#[test]
fn a_student_with_odd_names_alone_has_a_row() {
    let course = Course::of_learner();
    zipped(
        &course.root.join("export.zip"),
        &[
            ("hw_export/submission_1/katas\\hf_load.rs", "x"),
            ("hw_export/submission_2/hf_load.rs", &solution("hf_load")),
        ],
    );
    let record = check(
        &course,
        "export.zip",
        &[
            ("submission_1", None, Status::Missing),
            ("submission_2", None, Status::Passed),
        ],
    );
    assert_eq!(
        record.submissions[0].problems,
        ["1 file could not be unpacked, first hw_export/submission_1/katas\\hf_load.rs"]
    );
}

#[test]
fn long_names_are_cut_and_stay_two() {
    let course = Course::of_learner();
    let long = "x".repeat(40_000);
    let person = |id: &str, end: &str| {
        format!(
            "{id}:\n  :submitters:\n  - :name: {long}{end}\n    :email: {long}\n    :sid: {long}{end}\n"
        )
    };
    let people = [person("submission_1", "a"), person("submission_2", "b")].concat();
    zipped(
        &course.root.join("inner.zip"),
        &[
            (&format!("{long}/hf_load.rs"), "pub fn"),
            (&format!("{long}/x/hf_load.rs"), ""),
        ],
    );
    let inner = std::fs::read(course.root.join("inner.zip")).expect("a zip");
    let class = Class::of(&course);
    class
        .file("submission_metadata.yml", &people)
        .folder("submission_1")
        .folder("submission_2");
    std::fs::write(course.root.join("class/submission_1/all.zip"), inner).expect("a zip");
    let formats = [
        "json",
        "csv",
        "csv-canvas",
        "csv-moodle",
        "markdown",
        "html",
        "junit",
    ];
    let reports: Vec<_> = formats
        .iter()
        .map(|format| format!("--report {format}=out.{format}"))
        .collect();
    course
        .katas(&format!(
            "grade hf_load --class class {}",
            reports.join(" ")
        ))
        .exits(0)
        .says_nothing_of(&"x".repeat(300));
    for format in formats {
        assert!(
            !course
                .read(&format!("out.{format}"))
                .contains(&"x".repeat(300)),
            "{format}"
        );
    }
    let record = record(&course, "out.json");
    let names: Vec<_> = record
        .submissions
        .iter()
        .map(|one| (&one.student.name, &one.student.sis_id))
        .collect();
    assert!(
        names[0].0 != names[1].0 && names[0].1 != names[1].1,
        "{names:?}"
    );
}

#[test]
fn a_name_that_looks_like_another_persons_makes_no_second_person() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    let right = solution("hf_load");
    class.file(
        "Eve_1_assignsubmission_file_ Lee_9_assignsubmission_file/hf_load.rs",
        &right,
    );
    class.file(
        "Flo_8_assignsubmission_file_Eve_1_assignsubmission_file_x.rs",
        "",
    );
    class.file("Flo_8_assignsubmission_file_hf_load.rs", &right);
    let record = check(
        &course,
        "class",
        &[
            (
                "Eve_1_assignsubmission_file_ Lee_9",
                Some("Eve_1_assignsubmission_file_ Lee"),
                Status::Passed,
            ),
            ("Flo_8", Some("Flo"), Status::Passed),
        ],
    );
    assert_eq!(
        record.submissions[0].student.moodle_id.as_deref(),
        Some("9")
    );
    assert_eq!(
        record.submissions[1].problems,
        ["the name of a file matches two participants; check whose file it is"]
    );
}

#[test]
fn no_name_gives_a_command_to_a_service_that_runs_builds() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    let wide = "x".repeat(70);
    for name in [
        "::error::forged.tar".to_owned(),
        // Where a line is wrapped, the next one begins.
        format!("{wide} ::add-mask::a.tar"),
        "a ##[error]b ##vso[task.complete]c.tar".to_owned(),
    ] {
        class.file(&name, "");
    }
    class
        .file("::error::ada/a ::error::x/hf_load.rs", "pub fn")
        .file(&format!("::error::ada/{wide} ::error::y/hf_load.rs"), "");
    class.file(
        "two ::error::z/hf_load.rs",
        "compile_error!(\"\n::error::forged\n##[error]c\");",
    );
    for (variable, is_read) in [
        ("GITHUB_ACTIONS", true),
        ("TF_BUILD", true),
        ("TEAMCITY_VERSION", true),
        ("NOTHING", false),
    ] {
        for words in [
            "grade hf_load --class class --report json=class.json",
            "grade hf_load --class class --report json=-",
            "grade hf_load --class class --report markdown=-",
            "grade hf_load --submission class/two%::error::z",
            "grade hf_load --submission ::error::none%::error::none",
            "run --answer %::error::none.rs",
        ] {
            let words: Vec<_> = words
                .split(' ')
                .map(|word| word.replace('%', " "))
                .collect();
            let screen = course.finish(course.command(&words).env(variable, "true"));
            let text = format!("{}\n{}", screen.stdout, screen.stderr);
            let found = text.lines().any(|line| {
                line.trim_start().starts_with("::")
                    || ["##[", "##vso[", "##teamcity["]
                        .iter()
                        .any(|start| line.contains(start))
            });
            assert!(!found || !is_read, "{words:?}:\n{text}");
            if is_read && words.iter().any(|word| word == "json=-") {
                let read =
                    katas::report::read(screen.stdout.as_bytes()).expect("it is still a record");
                assert_eq!(read, record(&course, "class.json"));
            }
        }
    }
    // Outside such a service, the text stays unchanged.
    let plain = course.katas("grade hf_load --class class");
    plain.says("::error::forged.tar");
}
