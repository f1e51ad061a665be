//! Sealed cases and the class key: who can run them, and that the key never leaks.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::common::{Course, repository};
use katas::files::Cache;
use katas::grade::{self, Cases};
use katas::seal::ClassKey;
use katas::track::rust::RUST;
use katas::track::{Purpose, Track};
use katas::verdict::{CaseVerdict, Judged, NotRun};

const SEALED: &str = "\
format: 1
cases:
- name: nine
  given: {seed: 7, x: [3, 5], hf_kernel_flat: [7, 11, 13, 17], hf_bias_flat: [19, 23], features: 2}
  expect: [95, 147]
- name: ten
  given: {seed: 7, x: [1, 0], hf_kernel_flat: [29, 31, 37, 41], hf_bias_flat: [0, 0], features: 2}
  expect: [29, 37]
";
pub(super) const KEY: &str = "six words taken by mere chance";

/// An author's course with two sealed cases, encrypted with the key.
pub(super) fn sealed_course() -> Course {
    let course = Course::of_author();
    course
        .write("solutions/hf_load/sealed.yaml", SEALED)
        .write("class.key", &format!("{KEY}\n"));
    course
        .katas("author seal --track rust hf_load")
        .exits(2)
        .says("no class key");
    course
        .katas("author seal --track rust hf_load --key-file class.key")
        .exits(0)
        .says("2 sealed cases");
    course
}

#[test]
fn sealed_cases_are_listed_and_cost_nothing() {
    let course = sealed_course();
    course
        .katas("author check --track rust hf_load --no-mutants")
        .exits(0);
    std::fs::remove_dir_all(course.root.join("solutions")).unwrap();
    course
        .solve("hf_load")
        .katas("run hf_load")
        .exits(0)
        .says("passed. All 8 cases")
        .says("sealed, not run");
}

#[test]
fn a_wrong_class_key_is_reported_but_never_printed() {
    let course = sealed_course();
    for key in ["six words taken by mere choice", "zebra", ""] {
        course.write("other.key", key);
        let screen =
            course.katas("author check --track rust hf_load --no-mutants --key-file other.key");
        assert!(matches!(screen.code, Some(2)), "{screen}");
        assert!(
            key.is_empty() || !screen.to_string().contains(key),
            "{screen}"
        );
    }
    course
        .katas("author check --track rust hf_load --no-mutants --key-file class.key")
        .exits(0);
}

#[test]
fn the_class_key_leaves_the_environment_before_anything_is_started() {
    let course = sealed_course();
    // A compiler that records its arguments and environment, and then does its work.
    let real = crate::common::toolchain().join("bin/rustc");
    let bin = course.root.join("bin");
    let noted = course.root.join("noted");
    let script = format!(
        "#!/bin/sh\n{{ env; tr '\\0' '\\n' < /proc/$PPID/environ; cat; }} >> {} 2>/dev/null\nexec {} \"$@\"\n",
        noted.display(),
        real.display()
    );
    course.write("bin/rustc", &script);
    std::fs::set_permissions(bin.join("rustc"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let run = |words: &[&str]| {
        let mut command = course.command(words);
        command.env("PATH", &path).env("KATAS_CLASS_KEY", KEY);
        course.finish(&mut command)
    };
    run(&["author", "check", "--track", "rust", "hf_load"]).exits(0);
    run(&["author", "seal", "--track", "rust", "hf_load"]).says_nothing_of(KEY);
    course.solve("hf_load");
    run(&["run", "hf_load"]).says_nothing_of(KEY);
    run(&["doctor"]).says_nothing_of(KEY);
    let noted = std::fs::read(&noted).expect("the compiler was asked something");
    let noted = String::from_utf8_lossy(&noted);
    assert!(noted.contains("KATAS_CLASS_KEY=-"), "{noted}");
    assert!(!noted.contains(KEY), "{noted}");
}

#[test]
fn with_the_class_key_sealed_cases_are_judged() {
    let course = sealed_course();
    std::fs::remove_dir_all(course.root.join("solutions")).unwrap();
    let found = katas::catalog::Course::find(&course.root).unwrap();
    let kata = found.kata("hf_load").unwrap();
    let cache = Cache::in_folder(&course.cache);
    let key = ClassKey::new(KEY.as_bytes().to_vec().into()).unwrap();
    let opened = grade::open_sealed(&kata, &key).unwrap();
    let session = RUST.open(&cache, Purpose::One, &mut |_| {}).unwrap();
    let judge = |name: &str, sealed| {
        let answer = repository().join("solutions/hf_load").join(name);
        let request = grade::Request {
            cancel: None,
            kata: &kata,
            session: &*session,
            answer: grade::Answer::File(&answer),
            shown_as: Path::new("answer.rs"),
            cases: Cases::All,
            unconfined: ::katas::grade::Unconfined::Allow,
            time_limit: None,
            width: 80,
            cache: &cache,
            sealed,
        };
        let judged = grade::judge(&request).unwrap().judged;
        let Judged::Ran(ran) = judged else {
            panic!("the answer compiles");
        };
        ran.cases
    };
    let cases = judge("solution.rs", Some(opened.as_slice()));
    assert_eq!(cases.len(), 10);
    assert!(
        cases
            .iter()
            .all(|case| matches!(case.verdict, CaseVerdict::Passed))
    );
    let cases = judge("solution.rs", None);
    assert!(matches!(
        cases[9].verdict,
        CaseVerdict::NotRun(NotRun::Sealed)
    ));
    // If shown cases fail, sealed ones are not run; a program that cheats on shown cases fails the sealed ones.
    let cases = judge("wrong/no_transpose.rs", Some(opened.as_slice()));
    assert!(cases[9].is_waiting());
}
