//! Classroom 50: `autograder.py`, started as by its runner.

use std::path::PathBuf;

use serde_json::Value;

use super::{ENDLESS, bare, finished, write};
use crate::common::classroom::{REV, json, new, release, solution};
use crate::common::{Course, Output};

/// An unpacked bundle, and a student's checkout.
struct Grading {
    course: Course,
    bundle: PathBuf,
    checkout: PathBuf,
}

impl Grading {
    fn of(words: &str) -> Self {
        let course = Course::of_author();
        new(&course, &format!("made --classroom50 port-weights {words}"));
        let made = course.root.join("made");
        assert!(!made.join("template/.github").exists());
        let (bundle, checkout) = (made.join("autograders/port-weights"), made.join("template"));
        Self {
            course,
            bundle,
            checkout,
        }
    }

    fn answer(&self, kata: &str, text: &str) -> &Self {
        write(self.checkout.join(format!("katas/{kata}/{kata}.rs")), text);
        self
    }

    fn grade(&self, variables: &[(&str, &str)]) -> (Output, Value) {
        let mut command = bare("python3", &self.checkout);
        command.arg(self.bundle.join("autograder.py"));
        let temporary = self.course.root.join("tmp");
        std::fs::create_dir_all(&temporary).expect("a folder");
        command
            .env("TMPDIR", &temporary)
            .env("KATAS_CACHE", &self.course.cache);
        for (name, value) in [
            ("CLASSROOM", "weights-2026"),
            ("ASSIGNMENT", "port-weights"),
            ("ASSIGNMENT_TYPE", "individual"),
            ("OWNER", "alice"),
            ("USERNAME", "alice"),
            ("SUBMISSION_TAG", "submit/2026-11-24T20-00-00Z-427effa"),
            ("COMMIT_URL", "https://github.com/o/r/commit/427effa"),
            ("RELEASE_URL", "https://github.com/o/r/releases/tag/submit"),
            ("REVIEW_URL", "https://github.com/o/r/compare/1...2"),
        ] {
            command.env(name, value);
        }
        command.envs(variables.iter().copied());
        let output = finished(&mut command).exits(0);
        let result = json(&self.checkout.join("result.json"));
        check(&result);
        (output, result)
    }
}

/// Classroom 50 rejects a result that violates one of these.
fn check(result: &Value) {
    assert_eq!(result["schema"], "classroom50/result/v1");
    assert_eq!(result["classroom"], "weights-2026");
    assert_eq!(result["owner"], "alice");
    assert_eq!(result["submission"], "submit/2026-11-24T20-00-00Z-427effa");
    let tests = result["tests"].as_array().expect("tests");
    assert!(!tests.is_empty());
    for (sum, key) in [("score", "score"), ("max-score", "max-score")] {
        let all: u64 = tests
            .iter()
            .map(|test| test[key].as_u64().expect("whole"))
            .sum();
        assert_eq!(result[sum].as_u64(), Some(all));
    }
    // Nine points, times six, so that a sixth of two points is whole; this does not depend on the answers.
    assert_eq!(result["max-score"], 54);
}

#[test]
fn a_submission_is_judged_with_the_course_of_the_bundle() {
    let grading = Grading::of(&release());
    grading
        .answer("hf_load", &solution("hf_load"))
        .answer("split_merge", "this does not compile");
    // A student may try: a simpler course, a build that runs code, a ready-made result.
    write(grading.checkout.join("katas/course.yaml"), "format: 1\n");
    write(
        grading.checkout.join("katas/state_translation/kata.yaml"),
        "format: 1\n",
    );
    write(
        grading.checkout.join(".cargo/config.toml"),
        "[build]\nrustc-wrapper = \"/bin/false\"\n",
    );
    write(grading.checkout.join("result.json/x"), "a folder");
    std::os::unix::fs::symlink(
        grading.course.root.join("elsewhere"),
        grading.checkout.join("release-body.md"),
    )
    .expect("a link");
    let (output, result) = grading.grade(&[]);
    assert_eq!(result["score"], 24, "{output}");
    let body = std::fs::read_to_string(grading.checkout.join("release-body.md")).expect("a body");
    assert!(body.contains("4 of 9 points"), "{body}");
    assert!(!grading.course.root.join("elsewhere").exists());
    // The run leaves no files on the machine.
    let left = std::fs::read_dir(grading.course.root.join("tmp")).expect("a folder");
    assert_eq!(left.count(), 0);
}

#[test]
fn a_program_in_the_bundle_is_used_as_it_is() {
    let grading = Grading::of(&format!(
        "{} --katas-rev {}",
        "--katas-git https://example.org/katas", REV
    ));
    // The program of the tests is larger than a bundle may be, so the test adds it itself.
    std::fs::create_dir_all(grading.bundle.join("bin")).expect("a folder");
    let program = grading.bundle.join("bin/katas");
    std::fs::copy(env!("CARGO_BIN_EXE_katas"), &program).expect("a copy");
    grading.answer("split_merge", &solution("split_merge"));
    let (output, result) = grading.grade(&[]);
    assert_eq!(result["score"], 12, "{output}");
}

#[test]
fn there_is_always_a_result() {
    let release = release();
    let (address, digest) = release.rsplit_once(' ').expect("a digest");
    // Not the pinned program.
    let other = format!("{address} {}", digest.chars().rev().collect::<String>());
    let grading = Grading::of(&other);
    let (output, result) = grading.grade(&[]);
    assert_eq!(result["score"], 0);
    assert!(output.stderr.contains("not the pinned one"), "{output}");
    let message = result["tests"][0]["message"].as_str().expect("a message");
    assert!(message.contains("not judged"), "{message}");
    let body = std::fs::read_to_string(grading.checkout.join("release-body.md")).expect("a body");
    assert!(body.contains("That is not your fault"), "{body}");
    // A program that is killed, one that writes nothing, and one that never ends.
    let grading = Grading::of(&release);
    std::fs::create_dir_all(grading.bundle.join("bin")).expect("a folder");
    for (script, seconds) in [
        ("kill -KILL $$", "60"),
        ("exit 70", "60"),
        ("exec sleep 600", "1"),
    ] {
        let program = grading.bundle.join("bin/katas");
        write(program, &format!("#!/bin/sh\n{script}\n"));
        let (output, result) = grading.grade(&[("KATAS_SECONDS", seconds)]);
        assert_eq!(result["score"], 0, "{output}");
    }
}

#[test]
fn a_terminated_katas_writes_the_results_so_far() {
    let grading = Grading::of(&release());
    grading
        .answer("hf_load", &solution("hf_load"))
        .answer("split_merge", ENDLESS);
    std::fs::create_dir_all(grading.bundle.join("bin")).expect("a folder");
    let program = env!("CARGO_BIN_EXE_katas");
    let script = format!("#!/bin/sh\nexec {program} \"$@\" --jobs 1 --time-limit 300\n");
    write(grading.bundle.join("bin/katas"), &script);
    let (output, result) = grading.grade(&[("KATAS_SECONDS", "10")]);
    assert_eq!(result["score"], 24, "{output}");
    assert!(result.to_string().contains("not judged"), "{result}");
}
