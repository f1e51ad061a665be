//! Rules about the code of the runner: which modules may name which, and what must not be written.

use super::{files, none, read};

/// The modules in the order of `src/lib.rs`.
fn modules() -> Vec<String> {
    let lib = read("src/lib.rs");
    let named = lib.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    named.map(str::to_owned).collect()
}

#[test]
fn a_module_names_only_modules_before_it() {
    let modules = modules();
    assert!(modules.len() >= 12, "{modules:?}");
    let place = |name: &str| modules.iter().position(|module| module == name);
    let (mut checked, mut findings) = (0, Vec::new());
    for file in files("src", ".rs") {
        let inside = file.path.trim_start_matches("src/").trim_end_matches(".rs");
        let Some(own) = place(inside.split('/').next().unwrap_or_default()) else {
            continue;
        };
        let code: Vec<_> = file
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let code = code.join("\n");
        for rest in code.split("crate::").skip(1) {
            for name in first_names(rest) {
                let Some(other) = place(&name) else { continue };
                checked += 1;
                if other > own {
                    findings.push(format!(
                        "{} names {name}, which stands after it in src/lib.rs",
                        file.path
                    ));
                }
            }
        }
    }
    none(&findings);
    assert!(checked > 80, "only {checked} names were looked at");
}

#[test]
fn the_map_has_every_module_in_its_place() {
    let map = read("ARCHITECTURE.md");
    let table = map.split("## Modules of").nth(1).expect("the table");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = rows.filter_map(|line| line.split(" |").next());
    let known = modules();
    let listed: Vec<_> = rows
        .filter(|name| known.iter().any(|module| module == name))
        .collect();
    assert_eq!(listed, known);
}

/// The names directly after `crate::`; there are several in `crate::{a, b::{c}}`.
fn first_names(rest: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|char| char.is_alphanumeric() || *char == '_')
            .collect()
    };
    let Some(group) = rest.strip_prefix('{') else {
        return vec![word(rest)];
    };
    let (mut names, mut depth, mut fresh) = (Vec::new(), 0, true);
    for (index, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            char if fresh && !char.is_whitespace() => {
                names.push(word(&group[index..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn groups_of_names_are_understood() {
    assert_eq!(first_names("spec::Spec;"), ["spec"]);
    assert_eq!(
        first_names("{array, spec::{Case, Spec}, ui};"),
        ["array", "spec", "ui"]
    );
}

/// Forbidden text, and what to write instead.
const NEVER: &[(&str, &str)] = &[
    ("#[allow", "#[expect(.., reason = \"..\")]"),
    ("#![allow", "#[expect(.., reason = \"..\")]"),
    ("#[ignore", "a test of what happens today, with a note"),
    ("#[should_panic", "a test of the panic's text"),
    (
        "serde(flatten",
        "fields with names; flattened ones make poor messages",
    ),
    (
        "serde(untagged",
        "a tagged enum; untagged ones make poor messages",
    ),
    ("std::process::exit", "an ExitCode from main"),
];

#[test]
fn forbidden_text_is_not_written() {
    let mut findings = Vec::new();
    for file in files("src", ".rs").into_iter().chain(files("tests", ".rs")) {
        // These answers imitate learners and attackers.
        let answers = [
            "tests/answers/",
            "tests/hostile/run/",
            "tests/hostile/compile/",
            "tests/hostile/unsafe/",
        ];
        if answers.iter().any(|folder| file.path.starts_with(folder))
            || file.path == "tests/tidy/code.rs"
        {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            for (never, instead) in NEVER {
                let attribute = never.starts_with('#');
                let found = if attribute {
                    line.trim_start().starts_with(never)
                } else {
                    line.contains(never)
                };
                if found {
                    findings.push(format!(
                        "{}:{}: not {never}, but {instead}",
                        file.path,
                        index + 1
                    ));
                }
            }
        }
    }
    none(&findings);
}

/// No command can compile unsafe code in an answer: the program never creates the value that allows it.
#[test]
fn only_tests_allow_unsafe_code() {
    let (mut refused, mut findings) = (0, Vec::new());
    for file in files("src", ".rs") {
        for (line, code) in file.code() {
            refused += code.matches("UnsafeCode::Refused").count();
            let named = code.matches("UnsafeCode::").count();
            if named > code.matches("UnsafeCode::Refused").count()
                || code.contains("use UnsafeCode")
            {
                findings.push(format!("{}:{line}: allows unsafe code", file.path));
            }
        }
    }
    none(&findings);
    assert!(refused >= 4, "{refused}");
}

/// Only a track knows its language; `main` names each language once and passes the list on.
#[test]
fn nothing_outside_its_track_names_a_language() {
    let words = [
        "rust::",
        "rustc\"",
        "\"cargo",
        "\"rs\"",
        "\".rs",
        "}.rs\"",
        "RustTrack",
        "python::",
        "\"python3",
        "\"py\"",
        "\".py",
        "}.py\"",
        "PythonTrack",
    ];
    // Folders of answers are recognized by all file extensions of answers; a release is installed by cargo.
    let others = [
        "src/catalog/kata.rs",
        "src/classroom/course.rs",
        "src/classroom/pin.rs",
    ];
    let (mut named, mut findings) = (0, Vec::new());
    for file in files("src", ".rs") {
        let tracks = ["src/track/rust/", "src/track/python/"];
        if tracks.iter().any(|track| file.path.starts_with(track))
            || others.contains(&file.path.as_str())
        {
            continue;
        }
        for (line, code) in file.code() {
            let names = words.iter().any(|word| code.contains(word));
            if names && file.path == "src/main.rs" {
                named += 1;
            } else if names {
                findings.push(format!("{}:{line}: names a language: {code}", file.path));
            }
        }
    }
    none(&findings);
    assert_eq!(named, 2, "main names each once");
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut findings = Vec::new();
    for file in files("src", ".rs") {
        // This code never runs; it only instantiates `unwrap` for learners' answers.
        if file.path == "src/track/rust/driver/instances.rs" {
            continue;
        }
        for (line, code) in file.code() {
            if code.contains(".unwrap()") {
                findings.push(format!(
                    "{}:{line}: say with `expect` why it cannot fail",
                    file.path
                ));
            }
        }
    }
    none(&findings);
}

/// A failed serialization must not become an empty gradebook.
#[test]
fn a_failed_serialization_is_never_empty() {
    let (mut seen, mut findings) = (0, Vec::new());
    for file in files("src", ".rs") {
        let code: Vec<_> = file.code().map(|(_, line)| line).collect();
        for rest in code.join("\n").split("serde_json::to_").skip(1) {
            seen += 1;
            let statement = rest.split(';').next().unwrap_or_default();
            if statement.contains("unwrap_or") {
                findings.push(format!("{}: leaves JSON empty: {statement}", file.path));
            }
        }
    }
    none(&findings);
    assert!(seen > 10, "only {seen} were seen");
}

/// Only `ui` prints. clippy checks the macros, and this test the streams.
#[test]
fn only_ui_and_clap_print() {
    let mut findings = Vec::new();
    for file in files("src", ".rs") {
        // The driver runs in the learner's program, not in the runner.
        if file.path.starts_with("src/ui/") || file.path.starts_with("src/track/rust/driver/") {
            continue;
        }
        for (line, code) in file.code() {
            if code.contains("io::stdout") || code.contains("io::stderr") {
                findings.push(format!("{}:{line}: goes past Ui", file.path));
            }
        }
    }
    none(&findings);
}
