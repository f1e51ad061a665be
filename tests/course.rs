//! `docs/course.md`: which case of the course catches which pitfall, from the fingerprints in each `kata.lock`.
//!
//! `INSTA_UPDATE=always cargo test --test it course_md` writes it. `author check` says when a lock is out of date.

use std::fmt::Write as _;

use ::katas::catalog::{Course as Catalog, Kata};
use ::katas::seal::Fingerprint;
use ::katas::spec::CaseKind;

use crate::common::repository;

const HEAD: &str = "\
# What each case catches

This file is generated from `kata.lock` of each kata: `INSTA_UPDATE=always cargo test --test it course_md` writes it.

A row is a known mistake, and a column the case with this number: `x` stands for a wrong output, `!` for none.
A case with an empty column is one that every known mistake passes: it is blind on purpose, or shows something that no
pitfall is about.
";

#[test]
fn course_md_is_what_the_locks_say() {
    let catalog = Catalog::find(repository()).expect("the repository is a course");
    let mut text = HEAD.to_owned();
    for chapter in &catalog.description.chapters {
        write!(text, "\n## {}\n", chapter.title).expect("a text grows");
        for id in &chapter.katas {
            let kata = catalog.kata(id).expect("the course has it");
            text.push_str(&section(&kata));
        }
    }
    let path = repository().join("docs/course.md");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, &text).expect("docs/ can be written");
    }
    let committed = std::fs::read_to_string(&path).expect("docs/course.md is there");
    assert!(
        committed == text,
        "docs/course.md is out of date: INSTA_UPDATE=always cargo test --test it course_md"
    );
}

fn section(kata: &Kata) -> String {
    let id = &kata.id;
    let lock = kata.fitting_lock().expect("it can be read");
    let lock = lock.expect("a shipped kata has a lock");
    let marks = |pitfall: &str| -> Vec<&'static str> {
        let mut all = lock.pitfalls().iter();
        let of_rust = all.find(|known| (&*known.id, &*known.track) == (pitfall, "rust"));
        let of_rust = of_rust.unwrap_or_else(|| panic!("{id}: the lock has no {pitfall}"));
        let marks = Vec::from_iter(of_rust.cases.iter().map(mark));
        let is_current = marks.len() == kata.spec.cases.len();
        assert!(is_current, "{id}: kata.lock is out of date");
        marks
    };
    let mut text = format!("\n### `{id}`: {}\n\n", kata.spec.title);
    let cases = &kata.spec.cases;
    for (place, case) in cases.iter().enumerate() {
        let hidden = match case.kind {
            CaseKind::Shown => "",
            _ => " (hidden)",
        };
        writeln!(text, "{}. {}{hidden}", place + 1, case.name).expect("a text grows");
    }
    let numbers: Vec<String> = (1..=cases.len()).map(|number| number.to_string()).collect();
    writeln!(text, "\n| pitfall | {} |", numbers.join(" | ")).expect("a text grows");
    writeln!(text, "|---|{}", ":-:|".repeat(numbers.len())).expect("a text grows");
    for pitfall in &kata.spec.pitfalls {
        let marks = marks(&pitfall.id).join(" | ");
        writeln!(text, "| `{}` | {marks} |", pitfall.id).expect("a text grows");
    }
    text
}

/// What the fingerprint of an output says: right, an output that is not, or none.
fn mark(fingerprint: &Fingerprint) -> &'static str {
    match fingerprint {
        Fingerprint::Right => " ",
        output if output.is_wrong_output() => "x",
        _ => "!",
    }
}
