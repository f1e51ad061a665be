//! `katas author new`: its files pass every check except those that need a person, and it overwrites nothing.

use crate::common::{Course, shown};

const SIGNATURE: &str = "fn rope(x: f32[seq * dim], theta: f32[dim], seq: usize) -> f32[seq * dim]";

fn new(course: &Course, more: &[&str]) -> crate::common::Output {
    let words = [&["author", "new"], more].concat();
    course.finish(&mut course.command(&words))
}

#[test]
fn a_new_kata_lacks_only_what_takes_a_person() {
    let course = Course::of_author();
    let before = course.read("katas/course.yaml");
    let more = [
        "rope",
        "--signature",
        SIGNATURE,
        "--title",
        "Turn: by \"pairs\"",
    ];
    shown("author_new", &new(&course, &more).exits(0));
    let spec = course.read("katas/rope/kata.yaml");
    assert!(
        spec.contains("hidden cases round a tolerance down"),
        "{spec}"
    );
    let listed = before.replace("state_translation]", "state_translation, rope]");
    assert_eq!(course.read("katas/course.yaml"), listed);
    shown(
        "author_new_check",
        &course.katas("author check --track rust rope").exits(1),
    );
    course.katas("run rope").exits(1).says("rope: not yet.");
    course
        .katas("show rope")
        .exits(0)
        .says("Turn: by \"pairs\"");
    // The other files are unchanged.
    course
        .katas("author check --track rust hf_load --no-mutants")
        .exits(0);
}

#[test]
fn a_new_kata_can_be_completed() {
    let course = Course::of_author();
    new(
        &course,
        &["twice", "--signature", "twice(x: f32[n]) -> f32[n]"],
    )
    .exits(0);
    for file in [
        "katas/twice/kata.yaml",
        "katas/twice/README.md",
        "katas/twice/hints.md",
        "katas/twice/starter.rs",
    ] {
        course.write(file, &course.read(file).replace("TODO", "done"));
    }
    let outputs: Vec<String> = (1..=9)
        .map(|value| (2 * (1000 + value * value)).to_string())
        .collect();
    let inputs: Vec<String> = (1..=9)
        .map(|value| (1000 + value * value).to_string())
        .collect();
    let spec = course.read("katas/twice/kata.yaml");
    let (shown_case, hidden) = spec.split_once("hidden: true").expect("a hidden case");
    let spec = format!(
        "{}hidden: true{}",
        shown_case.replace("expect: [0, 0]", "expect: [2, 4]"),
        hidden.replacen("x: [1, 2]", &format!("x: [{}]", inputs.join(", ")), 1)
    );
    course.write("katas/twice/kata.yaml", &spec);
    course.write(
        "solutions/twice/hidden.yaml",
        &format!(
            "format: 1\nexpect:\n  hidden case: [{}]\n",
            outputs.join(", ")
        ),
    );
    let program = |body: &str| {
        format!(
            "use ndarray::Array1;\n\npub fn twice(x: &Array1<f32>) -> Array1<f32> {{\n    {body}\n}}\n"
        )
    };
    course.write("solutions/twice/solution.rs", &program("x * 2.0"));
    course.write("solutions/twice/wrong/first_mistake.rs", &program("x * x"));
    course.katas("author seal --track rust twice").exits(0);
    course
        .katas("author check --track rust twice")
        .exits(0)
        .says("1 kata checked.")
        .says("mutants of the solution; each is caught by a case.");
}

#[test]
fn nothing_is_overwritten_and_every_refusal_has_a_hint() {
    let course = Course::of_author();
    let refused = [
        (
            "author_new_there",
            &["hf_load", "--signature", SIGNATURE][..],
        ),
        ("author_new_name", &["Hf-Load", "--signature", SIGNATURE]),
        ("author_new_nothing", &["rope"]),
        (
            "author_new_form",
            &["rope", "--signature", "fn rope(x: f32[n])"],
        ),
        (
            "author_new_type",
            &["rope", "--signature", "fn rope(x: float[n]) -> f32[n]"],
        ),
        (
            "author_new_unbound",
            &["rope", "--signature", "fn rope(x: f32[a * b]) -> f32[a]"],
        ),
        (
            "author_new_chapter",
            &["rope", "--signature", SIGNATURE, "--chapter", "Nowhere"],
        ),
    ];
    let before = course.read("katas/course.yaml");
    for (name, more) in refused {
        shown(name, &new(&course, more).exits(2));
    }
    assert_eq!(course.read("katas/course.yaml"), before);
    assert!(
        !course.root.join("katas/rope").exists() && !course.root.join("solutions/rope").exists()
    );
    // A folder that belongs to no kata may contain someone's work too.
    course.write("solutions/rope/notes.md", "mine");
    new(&course, &["rope", "--signature", SIGNATURE])
        .exits(2)
        .says("already");
}

#[test]
fn help_for_authors() {
    let course = Course::empty();
    shown("help_author", &course.katas("author --help").exits(0));
    for command in ["new", "check", "pitfall", "seal", "table"] {
        shown(
            &format!("help_author_{command}"),
            &course.katas(&format!("author {command} --help")).exits(0),
        );
    }
}
