//! The commands of a program whose only language is postfix (`program.rs`): they work without any tools of Rust, and
//! no screen mentions Rust.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::SystemTime;

use crate::common::{Course, Output};

/// The program, which `cargo test` builds next to the real one, but `cargo test --test it` does not.
fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let real = Path::new(env!("CARGO_BIN_EXE_katas"));
        let program = real.with_file_name("examples").join("postfix");
        let built = modified(&program).expect("`cargo build --example postfix` builds it");
        // The sources of the program according to cargo, as a line of a Makefile.
        let sources = std::fs::read_to_string(program.with_extension("d")).expect("beside it");
        let (_, sources) = sources.split_once(": ").expect("a rule");
        let newer = |file: &&str| modified(Path::new(file)).is_none_or(|time| time > built);
        let newer: Vec<_> = sources.split_whitespace().filter(newer).collect();
        assert!(
            newer.is_empty(),
            "`cargo build --example postfix` builds it again: {newer:?} have changed"
        );
        program
    });
    &PROGRAM
}

fn modified(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).ok()?.modified().ok()
}

/// Runs the program in a course, with only its cache in the environment.
fn run(course: &Course, words: &str) -> Output {
    let mut command = Command::new(program());
    command
        .args(words.split(' '))
        .env_clear()
        .env("COLUMNS", "100")
        .env("KATAS_CACHE", &course.cache)
        .current_dir(&course.root);
    let output = course.finish(&mut command);
    no_rust(words, &output.to_string());
    output
}

/// Checks that a text does not mention Rust or its tools.
#[track_caller]
fn no_rust(whose: &str, text: &str) {
    let lower = text.to_lowercase();
    let words = lower.split(|char: char| !char.is_alphanumeric());
    let found: Vec<_> = words
        .filter(|word| {
            let starts = ["rustc", "rustup", "cargo", "compil", "panic", "crate"];
            ["rust", "rs"].contains(word) || starts.iter().any(|start| word.starts_with(start))
        })
        .collect();
    assert!(found.is_empty(), "{whose} says {found:?}:\n{text}");
}

#[test]
fn words_of_rust_are_found_and_others_are_not() {
    no_rust("a text", "an untrusted answer, whose numbers are first");
    for text in [
        "hf_load.rs",
        "In Rust:",
        "`rustc` 1",
        "It does not compile.",
    ] {
        let found = std::panic::catch_unwind(|| no_rust("a text", text));
        assert!(found.is_err(), "{text}");
    }
}

fn author() -> Course {
    Course::from_fixture("postfix")
}

/// The course of a learner: sealed, and without the solutions.
fn learner() -> Course {
    let course = author();
    run(&course, "author seal").exits(0);
    std::fs::remove_dir_all(course.root.join("solutions")).expect("it was copied");
    course
}

fn answer(course: &Course, text: &str) {
    course.write("katas/twice/twice.post", text);
}

#[test]
fn a_learner_solves_a_kata() {
    let course = learner();
    run(&course, "list").exits(0).says("Twice each number");
    run(&course, "show twice")
        .exits(0)
        .says("judge katas/twice/twice.post");
    run(&course, "api")
        .exits(2)
        .says("katas has no list of what answers in postfix can use");
    run(&course, "run")
        .exits(1)
        .says("Created katas/twice/twice.post from the starter")
        .says("double x");
    answer(&course, "x two *");
    run(&course, "run twice")
        .exits(1)
        .says("It is not valid postfix: 1 error.")
        .says("katas/twice/twice.post:1:3: there is no word `two`");
    run(&course, "run --all").exits(1).says("cannot be run");
    answer(&course, "x x *");
    run(&course, "run twice")
        .exits(1)
        .says("Each number is multiplied by itself");
    run(&course, "hint twice")
        .exits(0)
        .says("Multiply by a number, not by `x`.");
    run(&course, "solution twice")
        .exits(1)
        .says("your current answer to twice does not pass");
    answer(&course, "x x +");
    run(&course, "run twice --track postfix")
        .exits(0)
        .says("All 3 cases match, bit for bit");
    let solution = run(&course, "solution twice --track postfix").exits(0);
    assert_eq!(solution.stdout, "x 2 *\n");
    run(&course, "reset twice")
        .exits(0)
        .says("katas/twice/twice.post is the starter again.");
    assert_eq!(course.read("katas/twice/twice.post"), "todo double x\n");
}

#[test]
fn only_its_own_language_is_known() {
    let course = author();
    answer(&course, "x x +");
    run(&course, "run twice --track python")
        .exits(2)
        .says("choose one of: postfix");
    run(&course, "run twice --answer katas/course.yaml")
        .exits(2)
        .says("the name of an answer ends in .post");
    run(&course, "run --help")
        .exits(0)
        .says("in this language: postfix [default:");
    run(&course, "init --help")
        .exits(0)
        .says("in this language: postfix;");
    run(&course, "doctor")
        .exits(0)
        .says("postfix 1")
        .says("Everything that katas needs is installed and works.");
    run(&course, "setup postfix")
        .exits(0)
        .says("Answers in postfix can be judged.");
}

#[test]
fn an_author_makes_a_kata() {
    let course = author();
    let made = "author new thrice --signature thrice(x:f32[n])->f32[n]";
    run(&course, made)
        .exits(0)
        .says("Wrote katas/thrice/starter.post")
        .says("Wrote solutions/thrice/wrong/first_mistake.post");
    run(&course, "author check thrice")
        .exits(1)
        .says("solution.post does not pass.");
    run(&course, "author check twice")
        .exits(1)
        .says("katas author seal twice");
    run(&course, "author seal twice")
        .exits(0)
        .says("1 hidden case, 0 sealed cases, 1 known mistake");
    run(&course, "author check twice")
        .exits(0)
        .says("There are no mutants of the solution.")
        .says("1 kata checked.");
    run(&course, "author table twice").exits(0).says("square");
    // A mistake that no case catches, and a program that is not valid.
    let spec = course.read("katas/twice/kata.yaml");
    course
        .write(
            "katas/twice/kata.yaml",
            &format!("{spec}  same: It is right.\n  none: It is not valid.\n"),
        )
        .write("solutions/twice/wrong/same.post", "x x +")
        .write("solutions/twice/wrong/none.post", "x two *");
    run(&course, "author check twice")
        .exits(1)
        .says("`same`")
        .says("The wrong implementation of `none` cannot be run.");
}

#[test]
fn a_class_is_graded() {
    let course = author();
    run(&course, "author seal").exits(0);
    for (student, text) in [("ada", "x 2 *"), ("bob", "x x *"), ("cyd", "x two *")] {
        course.write(&format!("class/{student}/twice.post"), text);
    }
    course.write("class/dan/notes.txt", "");
    let reports = [
        "json=class.json",
        "csv=class.csv",
        "markdown={id}.md",
        "html=class.html",
    ];
    let reports = reports.map(|report| format!("--report {report}"));
    run(
        &course,
        &format!("grade --class class {}", reports.join(" ")),
    )
    .exits(0)
    .says("cannot be run");
    let record: serde_json::Value =
        serde_json::from_str(&course.read("class.json")).expect("a record");
    assert_eq!(record["judge"]["tools"]["postfix"], "postfix 1");
    let statuses = record["submissions"].as_array().expect("submissions");
    let statuses: Vec<_> = statuses
        .iter()
        .map(|one| one["katas"][0]["status"].as_str().expect("a status"))
        .collect();
    assert_eq!(statuses, ["passed", "failed", "refused", "missing"]);
    let csv = course.read("class.csv");
    assert!(csv.contains("cannot be run"), "{csv}");
    run(
        &course,
        "grade --submission class/cyd --fail-on-miss --report junit=cyd.xml",
    )
    .exits(1)
    .says("Line 1: there is no word `two`");
    for name in [
        "class.json",
        "class.csv",
        "class.html",
        "bob.md",
        "cyd.md",
        "dan.md",
        "cyd.xml",
    ] {
        no_rust(name, &course.read(name));
    }
}
