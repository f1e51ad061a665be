//! Golden files: every record in every format. `INSTA_UPDATE=always cargo test report` writes them; read the diff.

use std::path::PathBuf;

use katas::report::{FORMATS, Surroundings, classroom, classroom50};

use super::reader::outputs;
use super::records::{all, is_single, single};
use crate::common::repository;

fn folder() -> PathBuf {
    repository().join("tests/report/golden")
}

/// Compares with the golden file, or writes it; returns what differs.
fn compared(name: &str, bytes: &[u8]) -> Option<String> {
    let path = folder().join(name);
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(&path, bytes).expect("the golden file can be written");
    }
    let golden = std::fs::read(&path).unwrap_or_default();
    (golden != bytes).then(|| format!("{name} is out of date"))
}

/// The bytes of a golden file: the classroom's payloads are decoded, so that a person can read them.
fn readable(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    if name != "classroom" {
        return bytes;
    }
    let lines = outputs(&bytes).into_iter().map(|(output, payload)| {
        let json = serde_json::to_string_pretty(&payload).expect("JSON");
        format!("{output}={json}\n")
    });
    lines.collect::<String>().into_bytes()
}

fn ending(format: &str) -> &'static str {
    match format {
        "junit" => "xml",
        "markdown" => "md",
        "csv" | "csv-canvas" | "csv-moodle" => "csv",
        "html" => "html",
        "json" | "classroom50" | "gradescope" | "prairielearn" | "exercism" => "json",
        _ => "txt",
    }
}

/// The environment that Classroom 50 sets.
pub(super) fn place() -> Surroundings {
    let variable = |name: &str| {
        let value = match name {
            "CLASSROOM" => "jax-2026",
            "ASSIGNMENT" => "weights",
            "SUBMISSION_TAG" => "submit/2026-11-24T21-05-00Z",
            "COMMIT_URL" => "https://github.com/jax-2026/weights-anna/commit/5ea1ed",
            "RELEASE_URL" => "https://github.com/jax-2026/weights-anna/releases/tag/submit%2F1",
            "OWNER" => "anna",
            "ASSIGNMENT_TYPE" => "individual",
            _ => return None,
        };
        Some(value.to_owned())
    };
    let (place, missing) =
        Surroundings::read(variable, std::time::Duration::from_secs(1_795_554_300));
    assert_eq!(missing, [""; 0]);
    place
}

#[test]
fn reports_are_as_the_golden_files_have_them() {
    let mut wrong = Vec::new();
    let mut expected = Vec::new();
    let mut check = |name: String, bytes: &[u8]| {
        wrong.extend(compared(&name, bytes));
        expected.push(name);
    };
    for (name, record) in all() {
        for format in FORMATS
            .iter()
            .filter(|format| format.can_contain_class() || is_single(&record))
        {
            // Its pages are tested in a browser.
            if format.name() == "html" {
                continue;
            }
            let bytes = readable(format.name(), format.render_in(&record, &place()));
            let ending = ending(format.name());
            check(format!("{}/{name}.{ending}", format.name()), &bytes);
        }
    }
    for (name, record) in single() {
        check(
            format!("annotations/{name}.txt"),
            &classroom::annotations(&record, ""),
        );
        check(
            format!("release-body/{name}.md"),
            &classroom50::release_body(&record),
        );
    }
    for forgotten in there().into_iter().filter(|file| !expected.contains(file)) {
        wrong.push(format!("{forgotten} belongs to no test"));
    }
    assert!(
        wrong.is_empty(),
        "INSTA_UPDATE=always cargo test report\n{}",
        wrong.join("\n")
    );
}

fn there() -> Vec<String> {
    let mut files = Vec::new();
    for folder in std::fs::read_dir(folder()).expect("golden files") {
        let folder = folder.expect("a folder");
        for file in std::fs::read_dir(folder.path()).expect("a folder of a format") {
            let file = file.expect("a file").file_name();
            let name = folder.file_name();
            files.push(format!(
                "{}/{}",
                name.to_string_lossy(),
                file.to_string_lossy()
            ));
        }
    }
    files
}

/// The documentation lists the formats of `--report`, in the same order.
#[test]
fn the_documented_formats_are_the_real_ones() {
    let page = std::fs::read_to_string(repository().join("docs/classrooms.md")).expect("a page");
    let (_, table) = page
        .split_once("| format | read by | can contain a class |\n|---|---|---|\n")
        .expect("the table of formats");
    let rows = table.lines().take_while(|line| line.starts_with("| `"));
    let documented: Vec<_> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_matches(['|', ' ']).split(" | ").collect();
            (cells[0].trim_matches('`'), *cells.last().expect("a cell"))
        })
        .collect();
    let formats = FORMATS.iter().map(|format| {
        let can_contain_class = match format.can_contain_class() {
            true => "yes",
            false => "no",
        };
        (format.name(), can_contain_class)
    });
    assert_eq!(documented, formats.collect::<Vec<_>>());
}

#[test]
fn a_summary_is_what_github_shows() {
    for (name, mut record) in single() {
        let markdown = katas::report::format("markdown").expect("it is there");
        assert_eq!(
            classroom::summary(&record),
            markdown.render(&record),
            "{name}"
        );
        // Screens of a megabyte are left out, and the table is still complete.
        for kata in record.submissions.iter_mut().flat_map(|one| &mut one.katas) {
            kata.screen = "é".repeat(600_000);
        }
        let summary = classroom::summary(&record);
        assert!(summary.len() <= 1024 * 1024, "{name}: {}", summary.len());
        let summary = String::from_utf8(summary).expect("UTF-8");
        assert_eq!(
            summary.matches("\n| hf_load |").count(),
            record.submissions[0].katas.len().min(1),
            "{name}"
        );
        // A page that is too long even without them is truncated at the end of a line.
        for kata in record.submissions.iter_mut().flat_map(|one| &mut one.katas) {
            kata.headline = "é".repeat(200_000);
        }
        let body = String::from_utf8(classroom50::release_body(&record)).expect("UTF-8");
        assert!(body.len() <= 125_000, "{name}: {}", body.len());
    }
}
