//! House rules that a machine can check, so that `cargo test` enforces all of them.

mod circles;
mod code;
mod files;
mod packages;

use std::path::{Path, PathBuf};

use crate::common::repository;

/// A file of the repository: its path relative to the root, with `/`, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The lines that are neither comments nor tests, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_tests = self.path.ends_with("/tests.rs") || self.path.contains("/tests/");
        let lines: Vec<_> = self.text.lines().collect();
        // If a module of tests is not in a separate file, it is at the end of its file.
        let tests = lines
            .windows(2)
            .position(|pair| pair[0].trim() == "#[cfg(test)]" && !pair[1].trim().ends_with(';'));
        let end = if is_tests {
            0
        } else {
            tests.unwrap_or(lines.len())
        };
        let lines = lines.into_iter().take(end).enumerate();
        lines
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(index, line)| (index + 1, line))
    }
}

/// The files with this extension in a folder and its subfolders.
fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&repository().join(folder), &mut found);
    let mut files: Vec<_> = found
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .map(|path| File {
            text: std::fs::read_to_string(&path).unwrap_or_default(),
            path: from_top(&path),
        })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!files.is_empty(), "no {ending} in {folder}");
    files
}

fn from_top(path: &Path) -> String {
    let path = path
        .strip_prefix(repository())
        .expect("it lies in the repository");
    path.to_str().expect("a name in UTF-8").replace('\\', "/")
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn read(file: &str) -> String {
    std::fs::read_to_string(repository().join(file))
        .unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Fails if there are findings, and lists all of them.
#[track_caller]
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}
