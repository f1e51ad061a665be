//! The wrong implementations of a kata, one for each known mistake: `solutions/<id>/wrong/<pitfall>.<ending>`, or
//! `<pitfall>.<ending>.diff`, a change of the solution in the format of `diff -u`.
//!
//! Most mistakes are a line or two. A diff shows only these, without a copy of everything else.

use std::path::{Path, PathBuf};

use diffy::Patch;

use super::{CatalogError, Kata};
use crate::files::{self, FileAction, FileError};

/// A wrong implementation of a kata, named after its pitfall.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// The pitfall's id.
    pub id: String,
    /// The file extension, which identifies the language.
    pub extension: String,
    /// The file: the program, or the diff.
    pub path: PathBuf,
    /// The program, with line endings normalized: a checkout on Windows may have others. `Err` says why the diff does not
    /// apply: the solution may have changed since.
    pub source: Result<String, String>,
}

const DIFF: &str = ".diff";

/// The solution with the changes of two wrong implementations of it; `None` if they change the same words.
#[must_use]
pub fn merged(solution: &str, one: &str, other: &str) -> Option<String> {
    // By lines if possible: words that recur can be matched with the wrong ones.
    if let Ok(merged) = diffy::merge(solution, one, other) {
        return Some(merged);
    }
    let [solution, one, other] = [solution, one, other].map(word_by_word);
    let merged = diffy::merge(&solution, &one, &other).ok()?;
    let words = merged.lines().map(|word| match word {
        BREAK => "\n",
        word => word,
    });
    Some(words.collect())
}

/// Stands for a line break in a text of one word per line.
const BREAK: &str = "\u{1}";

/// The text with one word, number, space or sign per line, because changes are compared line by line.
fn word_by_word(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() * 2);
    let mut before = None;
    for char in text.chars() {
        let kind = char.is_alphanumeric() || char == '_';
        if before.is_some_and(|before| !(before && kind)) {
            lines.push('\n');
        }
        match char {
            '\n' => lines.push_str(BREAK),
            char => lines.push(char),
        }
        before = Some(kind);
    }
    lines.push('\n');
    lines
}

/// Whether the file of a wrong implementation is a diff, which cannot be run as it is.
#[must_use]
pub fn is_diff(path: &Path) -> bool {
    path.as_os_str()
        .as_encoded_bytes()
        .ends_with(DIFF.as_bytes())
}

impl Kata {
    /// Reads the wrong implementations, by id and extension; empty if the course does not have them.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn wrong(&self) -> Result<Vec<Wrong>, CatalogError> {
        let folder = self.secrets().join("wrong");
        let mut found = Vec::new();
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(FileError::tag(FileAction::Read, &folder)(error).into()),
        };
        for entry in entries {
            let path = entry
                .map_err(FileError::tag(FileAction::Read, &folder))?
                .path();
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(name) = name else { continue };
            let (program, is_diff) = match name.strip_suffix(DIFF) {
                Some(program) => (program, true),
                None => (name, false),
            };
            let Some((id, extension)) = program.rsplit_once('.') else {
                continue;
            };
            let text = read(&path)?;
            let source = match is_diff {
                true => self.changed(&text, extension)?,
                false => Ok(text),
            };
            found.push(Wrong {
                id: id.to_owned(),
                extension: extension.to_owned(),
                source,
                path: path.clone(),
            });
        }
        found.sort_by(|a, b| (&a.id, &a.extension).cmp(&(&b.id, &b.extension)));
        Ok(found)
    }

    /// The solution with a diff applied, or why it does not apply.
    fn changed(&self, diff: &str, extension: &str) -> Result<Result<String, String>, CatalogError> {
        let path = self.solution(extension);
        if !path.is_file() {
            return Ok(Err(format!("there is no solution.{extension}")));
        }
        let solution = read(&path)?;
        let patch = Patch::from_str(diff).map_err(|error| error.to_string());
        let program = patch
            .and_then(|patch| diffy::apply(&solution, &patch).map_err(|error| error.to_string()));
        Ok(program)
    }
}

fn read(path: &Path) -> Result<String, CatalogError> {
    Ok(files::read_text(path)?.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Course;

    const SPEC: &str = "format: 1\ntitle: T\nfunction: f\nparams: {x: 'f32[n]'}\nreturns: f32[n]\ndifficulty: easy\npoints: 1\n\
                        cases:\n- name: one\n  given: {x: [1]}\n  expect: [1]\n";

    #[test]
    fn changes_of_different_words_are_merged() {
        let solution = "let y = x.dot(&k) + 1.5;\n";
        assert_eq!(
            merged(
                solution,
                "let y = x.dot(&k.t()) + 1.5;\n",
                "let y = x.dot(&k) - 1.5;\n"
            )
            .as_deref(),
            Some("let y = x.dot(&k.t()) - 1.5;\n")
        );
        assert_eq!(
            merged(
                solution,
                "let y = x.dot(&k) * 1.5;\n",
                "let y = x.dot(&k) - 1.5;\n"
            ),
            None
        );
        assert_eq!(
            merged(solution, solution, solution).as_deref(),
            Some(solution)
        );
    }

    fn kata(files: &[(&str, &str)]) -> (tempfile::TempDir, Kata) {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("room");
            std::fs::write(path, text).expect("room");
        };
        write(
            "katas/course.yaml",
            "format: 1\ntitle: C\nchapters:\n- title: One\n  katas: [f]\n",
        );
        write("katas/f/kata.yaml", SPEC);
        write(
            "solutions/f/solution.rs",
            "fn f() {\n    one();\n    two();\n}\n",
        );
        for (name, text) in files {
            write(&format!("solutions/f/wrong/{name}"), text);
        }
        let course = Course::find(folder.path()).expect("a course");
        let kata = course.kata("f").unwrap_or_else(|error| panic!("{error}"));
        (folder, kata)
    }

    #[test]
    fn a_program_is_whole_or_a_change_of_the_solution() {
        let diff = "--- solution.rs\n+++ late.rs\n@@ -1,4 +1,4 @@\n fn f() {\n-    one();\n     two();\n+    one();\n }\n";
        let (_folder, kata) = kata(&[("late.rs.diff", diff), ("whole.rs", "fn f() {}\r\n")]);
        let wrong = kata.wrong().expect("they can be read");
        let told: Vec<_> = wrong
            .iter()
            .map(|wrong| {
                (
                    &*wrong.id,
                    &*wrong.extension,
                    wrong.source.as_deref().expect("it applies"),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("late", "rs", "fn f() {\n    two();\n    one();\n}\n"),
                ("whole", "rs", "fn f() {}\n"),
            ]
        );
    }

    #[test]
    fn a_diff_of_another_text_does_not_apply() {
        let stale = "--- a\n+++ b\n@@ -1,2 +1,1 @@\n fn g() {\n-    three();\n";
        for (name, text) in [
            ("late.rs.diff", stale),
            ("late.rs.diff", "not a diff\n@@ what\n"),
            // There is no solution in this language.
            ("late.py.diff", stale),
        ] {
            let (_folder, kata) = kata(&[(name, text)]);
            let wrong = kata.wrong().expect("it can be read");
            assert!(wrong[0].source.is_err(), "{wrong:?}");
        }
    }
}
