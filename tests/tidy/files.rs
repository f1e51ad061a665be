//! Rules about files: their length, their first line, that none is forgotten, and that none contains a machine's
//! paths.

use std::collections::BTreeSet;

use super::{files, none, read};
use crate::common::repository;

#[test]
fn files_are_short_and_begin_with_a_description() {
    let mut findings = Vec::new();
    for file in files("src", ".rs").into_iter().chain(files("tests", ".rs")) {
        let lines = file.text.lines().count();
        if lines >= 400 {
            findings.push(format!("{} has {lines} lines; 400 are too many", file.path));
        }
        // Starters are for learners and begin with the task.
        if !file.text.starts_with("//! ") && !file.path.ends_with("/starter.rs") {
            findings.push(format!(
                "{} does not begin with `//! ` and what it is",
                file.path
            ));
        }
    }
    none(&findings);
}

#[test]
fn no_test_file_is_forgotten() {
    let mut findings = Vec::new();
    for file in files("tests", ".rs") {
        let inside = file
            .path
            .trim_start_matches("tests/")
            .trim_end_matches(".rs");
        // Answers are not test files; the test of verdicts checks that all of them are used.
        let others = [
            "answers/",
            "courses/",
            "fixtures/diagnose/",
            "hostile/run/",
            "hostile/compile/",
            "hostile/unsafe/",
            "hostile/course/",
        ];
        let mains = ["main", "track/program", "with_tools/main"];
        if mains.contains(&inside) || others.iter().any(|other| inside.starts_with(other)) {
            continue;
        }
        let inside = inside.trim_end_matches("/mod");
        let (parent, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let parent = match parent {
            "" => "tests/main.rs".to_owned(),
            "with_tools" => "tests/with_tools/main.rs".to_owned(),
            parent => format!("tests/{parent}/mod.rs"),
        };
        if !read(&parent)
            .lines()
            .any(|line| line.trim_start_matches("pub(crate) ") == format!("mod {name};"))
        {
            findings.push(format!("{} is not in {parent}", file.path));
        }
    }
    none(&findings);
}

#[test]
fn every_command_has_its_test_file() {
    let names = |folder: &str| -> BTreeSet<String> {
        let files = files(folder, ".rs").into_iter();
        files
            .filter_map(|file| {
                Some(
                    file.path
                        .strip_prefix(folder)?
                        .trim_matches('/')
                        .trim_end_matches(".rs")
                        .to_owned(),
                )
            })
            .filter(|name| !name.contains('/'))
            .collect()
    };
    let tests = names("tests/cli");
    let others = [
        "class_key",
        "editing",
        "exit",
        "failure",
        "here",
        "judged",
        "listing",
        "mod",
        "reports",
        "stop",
    ];
    let untested: Vec<_> = names("src/cli")
        .into_iter()
        .filter(|name| !others.contains(&name.as_str()) && !tests.contains(name))
        .map(|name| format!("src/cli/{name}.rs has no tests/cli/{name}.rs"))
        .collect();
    none(&untested);
}

#[test]
fn no_snapshot_is_forgotten() {
    let sources: String = files("tests", ".rs")
        .into_iter()
        .map(|file| file.text)
        .collect();
    let mut findings = Vec::new();
    for file in files("tests/snapshots", "") {
        let name = file.path.trim_start_matches("tests/snapshots/");
        let Some(name) = name.strip_suffix(".snap") else {
            findings.push(format!("{} is not an accepted snapshot", file.path));
            continue;
        };
        if !is_named(name, &sources) {
            findings.push(format!("{} belongs to no test", file.path));
        }
    }
    none(&findings);
}

/// Whether a name appears in the sources completely, or as the beginning of a format with the words that fill it.
fn is_named(name: &str, sources: &str) -> bool {
    if sources.contains(&format!("\"{name}\"")) {
        return true;
    }
    let cuts = name.match_indices('_').map(|(index, _)| index);
    let mut starts = cuts.map(|index| name.split_at(index + 1));
    starts.any(|(start, rest)| {
        let format = sources.contains(&format!("\"{start}{{"));
        format && (rest.split('_').all(|word| sources.contains(word)))
    })
}

#[test]
fn no_file_contains_a_machine_path() {
    let machines = ["root", "home", "Users"].map(|name| format!("/{name}/"));
    let mut findings = Vec::new();
    for folder in [
        "src",
        "tests",
        "katas",
        "solutions",
        "scripts",
        "nnx/src",
        "nnx/tests",
    ] {
        for file in files(folder, "") {
            for machine in &machines {
                if file.text.contains(machine.as_str()) {
                    findings.push(format!("{} names {machine}", file.path));
                }
            }
        }
    }
    none(&findings);
}

/// Every error tells the learner what to do next.
#[test]
fn every_error_on_a_screen_has_a_hint() {
    let mut findings = Vec::new();
    for file in files("tests/snapshots", ".snap") {
        let Some((_, errors)) = file.text.split_once("------- stderr -------") else {
            continue;
        };
        let hints = ["hint: ", "tip: ", "For more information, try"];
        if errors.contains("error: ") && !hints.iter().any(|hint| errors.contains(hint)) {
            findings.push(format!("{} has an error without a hint", file.path));
        }
    }
    none(&findings);
}

/// The paths in the table for contributors exist.
#[test]
fn the_table_for_contributors_names_real_files() {
    let text = read("CONTRIBUTING.md");
    let (_, table) = text
        .split_once("|---|---|---|\n")
        .expect("the table of what to add");
    let table = table.split("\n\n").next().unwrap_or_default();
    let (mut seen, mut findings) = (0, Vec::new());
    for path in table.split('`').skip(1).step_by(2) {
        let folders = ["src/", "tests/", "nnx/", "docs/", "scripts/", "katas/"];
        // Files that a contributor creates do not exist yet.
        if path.contains(['<', ' ']) || !folders.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        seen += 1;
        if !repository().join(path).exists() {
            findings.push(format!("CONTRIBUTING.md names {path}, which is not there"));
        }
    }
    none(&findings);
    assert!(seen > 20, "only {seen} paths were seen");
}
