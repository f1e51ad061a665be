//! `katas author pitfall`: a learner's wrong answer becomes a pitfall, or nothing is changed.

use std::process::Command;

use crate::common::{Course, Output, repository, shown};

const SPEC: &str = "katas/hf_load/kata.yaml";
const WRONG: &str = "solutions/hf_load/wrong/bias_thrice.rs";

fn fixture(file: &str) -> String {
    let path = repository().join(file);
    std::fs::read_to_string(path).expect("the file is there")
}

/// A course in which a learner added the bias three times.
fn course() -> Course {
    let course = Course::of_author();
    let answer = fixture("tests/fixtures/diagnose/hf_load/bias_twice.rs");
    let answer = answer.replace("+ hf_bias_flat", "+ hf_bias_flat + hf_bias_flat");
    course.write("answer.rs", &answer);
    course
}

fn pitfall(course: &Course, more: &[&str]) -> Output {
    let words = [&["author", "pitfall"], more].concat();
    course.finish(&mut course.command(&words))
}

#[test]
fn a_wrong_answer_becomes_a_pitfall() {
    let course = course();
    let before = course.read(SPEC);
    let text = "The bias was added three times. Who else adds it?";
    let words = [
        "hf_load",
        "--name",
        "bias_thrice",
        "--from",
        "answer.rs",
        "--text",
        text,
        "--hint",
        "3",
    ];
    shown("author_pitfall", &pitfall(&course, &words).exits(0));
    assert_eq!(course.read(WRONG), course.read("answer.rs"));
    let entry = "  bias_thrice:\n    hint: 3\n    text: >-\n      The bias was added three times.\n      Who else adds it?\n";
    assert_eq!(course.read(SPEC), format!("{before}{entry}"));
    course
        .katas("author check --track rust hf_load --no-mutants")
        .exits(1)
        .says("kata.lock is out of date");
    course.katas("author seal --track rust hf_load").exits(0);
    course
        .katas("author check --track rust hf_load --no-mutants")
        .exits(0);
    // A learner who makes the same mistake now gets this explanation.
    course
        .katas("run hf_load --answer answer.rs")
        .exits(1)
        .says("This is a known mistake. The bias was added three times.");
}

#[test]
fn the_check_reports_an_open_text() {
    let course = course();
    let words = ["hf_load", "--name", "bias_thrice", "--from", "answer.rs"];
    shown("author_pitfall_open", &pitfall(&course, &words).exits(0));
    course.katas("author seal --track rust hf_load").exits(0);
    course
        .katas("author check --track rust hf_load --no-mutants")
        .exits(1)
        .says("katas/hf_load/kata.yaml still has 1 `TODO`")
        .says("1 of 1 kata must be changed: 1 finding.");
}

#[test]
fn what_is_no_new_mistake_is_refused() {
    let course = course();
    let wrong = "solutions/hf_load/wrong/no_transpose.rs";
    course.write("right.rs", &course.read("solutions/hf_load/solution.rs"));
    course.write("known.rs", &format!("// Mine.\n{}", course.read(wrong)));
    course.write("broken.rs", "pub fn load() {");
    course.write("stops.rs", &fixture("tests/answers/panic.rs"));
    course.write("answer.txt", "");
    course.write("solutions/hf_load/wrong/taken.rs", "mine");
    let before = (course.read(SPEC), course.read(wrong));
    for (name, pitfall_name, file, more) in [
        ("passes", "bias_thrice", "right.rs", &[][..]),
        ("known", "bias_thrice", "known.rs", &[]),
        ("broken", "bias_thrice", "broken.rs", &[]),
        ("stops", "bias_thrice", "stops.rs", &[]),
        ("name", "Bias-Twice", "answer.rs", &[]),
        ("there", "no_transpose", "answer.rs", &[]),
        ("file", "taken", "answer.rs", &[]),
        ("hint", "bias_thrice", "answer.rs", &["--hint", "9"]),
        ("empty", "bias_thrice", "answer.rs", &["--text", " "]),
        ("language", "bias_thrice", "answer.txt", &[]),
    ] {
        let words = [&["hf_load", "--name", pitfall_name, "--from", file], more].concat();
        shown(
            &format!("author_pitfall_{name}"),
            &pitfall(&course, &words).exits(2),
        );
        assert_eq!((course.read(SPEC), course.read(wrong)), before, "{name}");
        assert!(!course.root.join(WRONG).exists(), "{name}");
    }
    assert_eq!(course.read("solutions/hf_load/wrong/taken.rs"), "mine");
    let words = ["hf_load", "--name", "bias_thrice", "--from", "nowhere.rs"];
    pitfall(&course, &words).exits(4).says("nowhere.rs");
}

#[test]
fn a_spec_that_cannot_be_extended_stays_unchanged() {
    let course = course();
    // The key in quotes means the same in YAML, but the text differs from what the command looks for.
    let spec = course.read(SPEC).replace("pitfalls:\n", "\"pitfalls\":\n");
    course.write(SPEC, &spec);
    let words = [
        "hf_load",
        "--name",
        "bias_thrice",
        "--from",
        "answer.rs",
        "--text",
        "Twice.",
    ];
    shown("author_pitfall_form", &pitfall(&course, &words).exits(2));
    assert_eq!(course.read(SPEC), spec);
    assert!(!course.root.join(WRONG).exists());
}

/// An answer inside a zip or an export has no path of its own, but the record of the class contains it.
#[test]
fn an_answer_is_taken_from_the_record_of_a_class() {
    let course = course();
    for (student, kata, file) in [
        ("ada's", "hf_load", "answer.rs"),
        ("ben", "split_merge", "answer.rs"),
        ("-cy", "hf_load", "solutions/hf_load/solution.rs"),
    ] {
        let path = format!("class/{student}/katas/{kata}/{kata}.rs");
        course.write(&path, &course.read(file));
    }
    course
        .katas("grade --class class --report json=class.json")
        .exits(0);
    let from = |student, kata, record| {
        let words = [
            kata,
            "--name",
            "bias_thrice",
            "--from-record",
            record,
            "--student",
            student,
        ];
        pitfall(&course, &words)
    };
    let single = "grade --report json=single.json";
    course.katas(single).exits(0);
    let before = course.read(SPEC);
    for (student, kata, record, says) in [
        ("ada", "hf_load", "class.json", "did you mean `ada's`?"),
        (
            "zacharias",
            "hf_load",
            "class.json",
            "it has `-cy`, `ada's`, `ben`",
        ),
        (
            "ben",
            "hf_load",
            "class.json",
            "`ben` submitted no answer to hf_load",
        ),
        ("ben", "hf_load", "answer.rs", "it is not a katas record"),
        (
            "ben",
            "hf_load",
            "single.json",
            "single.json has no submission `ben`",
        ),
        (
            "Ben.",
            "hf_load",
            "single.json",
            "it is not the record of a class",
        ),
        ("-cy", "hf_load", "class.json", "the answer of `-cy` passes"),
    ] {
        let output = from(student, kata, record).exits(2);
        output.says(says).says("hint: ");
        assert_eq!(course.read(SPEC), before, "{student}");
    }
    // A record with fewer katas, and one that does not contain the answers.
    let record = course.read("class.json");
    course.write(
        "other.json",
        &record.replace("\"kata\": \"hf_load\"", "\"kata\": \"other\""),
    );
    from("ada's", "hf_load", "other.json")
        .exits(2)
        .says("other.json has no kata `hf_load`");
    let without: Vec<_> = record
        .lines()
        .map(
            |line| match line.trim_start().starts_with("\"source\": \"") {
                true => "\"source\": null",
                false => line,
            },
        )
        .collect();
    course.write("without.json", &without.join("\n"));
    from("ada's", "hf_load", "without.json")
        .exits(2)
        .says("does not contain the answers themselves");
    shown(
        "author_pitfall_record",
        &from("ada's", "hf_load", "class.json").exits(0),
    );
    assert_eq!(course.read(WRONG), course.read("answer.rs"));
}

#[test]
fn a_command_that_is_shown_can_be_typed() {
    let course = course();
    course.write(
        "my answers/it's.rs",
        &course.read("solutions/hf_load/solution.rs"),
    );
    let words = [
        "hf_load",
        "--name",
        "bias_thrice",
        "--from",
        "my answers/it's.rs",
    ];
    pitfall(&course, &words)
        .exits(2)
        .says("katas run hf_load --answer 'my answers/it'\\''s.rs'");
    for words in [
        &[
            "--from",
            "a.rs",
            "--from-record",
            "class.json",
            "--student",
            "ada",
        ][..],
        &["--from-record", "class.json"],
        &[],
    ] {
        let words = [&["hf_load", "--name", "bias_thrice"], words].concat();
        pitfall(&course, &words).exits(2).says("--from");
    }
}

/// The program can be written, but the spec is too large for the limit: then neither is changed.
#[test]
fn a_failure_halfway_leaves_both_unchanged() {
    let course = course();
    let before = course.read(SPEC);
    assert!(before.len() > 3 * 1024 && course.read("answer.rs").len() < 1024);
    // After this, everything that has to be compiled is in the cache.
    course.katas("author table hf_load").exits(0);
    course.katas("run hf_load --answer answer.rs").exits(1);
    let words = [
        "author",
        "pitfall",
        "hf_load",
        "--name",
        "bias_thrice",
        "--from",
        "answer.rs",
    ];
    let katas = course.command(&words);
    let mut limited = Command::new("/bin/sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -S -f 4; exec \"$0\" \"$@\""])
        .arg(katas.get_program())
        .args(katas.get_args())
        .env_clear()
        .current_dir(&course.root);
    for (name, value) in katas.get_envs() {
        limited.env(name, value.unwrap_or_default());
    }
    course
        .finish(&mut limited)
        .exits(4)
        .says("cannot write ")
        .says("free some disk space");
    assert_eq!(course.read(SPEC), before);
    assert!(!course.root.join(WRONG).exists());
}
