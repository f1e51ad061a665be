//! The katas of the repository: which answers pass and fail, and the source of each expected value.

use std::collections::BTreeSet;
use std::path::Path;

use ::katas::array::Value;
use ::katas::catalog::{Course as Catalog, Kata};
use ::katas::spec::CaseKind;

use crate::common::{Course, repository};

fn catalog() -> Catalog {
    Catalog::find(repository()).expect("the repository is a course")
}

fn katas() -> Vec<Kata> {
    let catalog = catalog();
    let katas: Vec<_> = catalog
        .ids()
        .map(|id| {
            catalog
                .kata(id)
                .unwrap_or_else(|error| panic!("{id}: {error}"))
        })
        .collect();
    assert!(katas.len() >= 3);
    katas
}

/// `author check` tests that every solution passes and every wrong implementation does not (`author/check.rs`).
#[test]
fn every_starter_fails_politely() {
    let course = Course::of_repository();
    for kata in katas() {
        let id = &kata.id;
        course
            .katas(&format!("run {id} --answer katas/{id}/starter.rs"))
            .exits(1)
            .says(&format!("{id}: not yet. "))
            .says_nothing_of("panicked")
            .says_nothing_of("error");
    }
}

#[test]
fn pitfalls_and_wrong_implementations_are_the_same_set() {
    for kata in katas() {
        let pitfalls = kata.spec.pitfalls.iter().map(|pitfall| pitfall.id.clone());
        let wrong = kata.wrong().expect("they can be read");
        // Most are in Rust; a few mistakes can only be made in Python.
        let programs: BTreeSet<_> = wrong.into_iter().map(|wrong| wrong.id).collect();
        assert_eq!(pitfalls.collect::<BTreeSet<_>>(), programs, "{}", kata.id);
    }
}

#[test]
fn every_kata_is_whole() {
    for kata in katas() {
        let id = &kata.id;
        for case in &kata.spec.cases {
            assert!(kata.expected(case).is_some(), "{id}: {}", case.name);
        }
        let hidden = kata
            .spec
            .cases
            .iter()
            .any(|case| case.kind == CaseKind::Hidden);
        assert!(hidden, "{id} has no hidden case");
        assert!(
            kata.statement().expect("README.md").starts_with("# "),
            "{id}"
        );
        assert!(kata.hints().expect("hints.md").len() >= 3, "{id}");
        kata.starter("rs").expect("starter.rs");
        kata.starter("py").expect("starter.py");
    }
    let listed: BTreeSet<_> = catalog().ids().map(str::to_owned).collect();
    for folder in ["katas", "solutions"] {
        let entries = std::fs::read_dir(repository().join(folder)).expect("the folder is there");
        let folders = entries
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.is_dir());
        let there: BTreeSet<_> = folders
            .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        assert_eq!(there, listed, "{folder}/ and course.yaml");
    }
}

#[test]
fn expected_values_are_those_of_the_real_libraries() {
    let mut compared = 0;
    for kata in katas() {
        let path = repository().join("katas").join(&kata.id).join("kata.yaml");
        let text = std::fs::read_to_string(path).expect("kata.yaml");
        for (case, source) in provenance(&text) {
            compare(&kata, &case, &source);
            compared += 1;
        }
    }
    assert!(compared >= 7, "only {compared} cases name a truth");
}

/// Each case with the comment above it that names its source: `truth/hf_load.json, cycle`.
fn provenance(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut source = None;
    for line in text.lines().map(str::trim) {
        // The sources of other katas are in scripts/expected_from_flax/recorded, and CI compares them.
        let truth = line.strip_prefix("# truth/");
        let is_here = |name: &&str| name.starts_with("hf_load.json, ");
        if let Some(comment) = truth.filter(is_here) {
            source = Some(comment.to_owned());
        } else if let Some(name) = line.strip_prefix("- name: ") {
            found.extend(source.take().map(|source| (name.to_owned(), source)));
        }
    }
    found
}

fn compare(kata: &Kata, name: &str, source: &str) {
    let case = kata.spec.cases.iter().find(|case| case.name == name);
    let case = case.unwrap_or_else(|| panic!("{}: no case {name}", kata.id));
    let (file, what) = source.split_once(", ").expect("a file and what in it");
    let path = repository().join("tests/truth").join(file);
    let truth = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let truth: serde_json::Value = serde_json::from_str(&truth).expect("JSON");
    let cases = truth["cases"].as_array().expect("cases");
    let given = |name: &str| {
        let index = kata.spec.params.iter().position(|param| param.name == name);
        &case.given[index.unwrap_or_else(|| panic!("{} has no {name}", kata.id))]
    };
    let expected = bits(kata.expected(case).expect("every case has one"));
    let id: String = what
        .chars()
        .take_while(|char| char.is_alphanumeric() || *char == '_')
        .collect();
    let known = cases.iter().find(|known| known["name"] == id.as_str());
    let known = known.unwrap_or_else(|| panic!("{file} has no case {id}"));
    for (input, value) in known["inputs"].as_object().expect("inputs") {
        // Specs mark an array as flat with the suffix `_flat`.
        let name = if kata.spec.params.iter().any(|param| param.name == *input) {
            input.clone()
        } else {
            format!("{input}_flat")
        };
        let wanted = match value.as_u64() {
            Some(number) => vec![number],
            None => hexes(&value["f32"]),
        };
        assert_eq!(
            bits(given(&name)),
            wanted,
            "{}: {}: {name}",
            kata.id,
            case.name
        );
    }
    assert_eq!(
        expected,
        hexes(&known["expected"]["f32"]),
        "{}: {}",
        kata.id,
        case.name
    );
}

fn bits(value: &Value) -> Vec<u64> {
    match value {
        Value::Array(array) => array.iter().collect(),
        Value::Scalar(scalar) => vec![scalar.bits],
        other => panic!("no numbers: {other:?}"),
    }
}

fn hexes(value: &serde_json::Value) -> Vec<u64> {
    let all = value.as_array().expect("a list").iter();
    all.map(|hex| {
        let digits = hex.as_str().expect("hex").trim_start_matches("0x");
        u64::from_str_radix(digits, 16).expect("hex")
    })
    .collect()
}

/// An answer is a single file, and rustc proposes no import for it. So the starter has it, or the statement names it.
#[test]
fn every_import_of_a_solution_is_told() {
    let mut untold = Vec::new();
    for kata in katas() {
        let id = &kata.id;
        let text = |file: &str| String::from_utf8(read(file)).expect("text");
        let statement = text(&format!("katas/{id}/README.md"));
        let spans: Vec<&str> = statement.split('`').skip(1).step_by(2).collect();
        let starter = imports(&text(&format!("katas/{id}/starter.rs")));
        for name in imports(&text(&format!("solutions/{id}/solution.rs"))) {
            let path = format!("::{name}");
            let is_told = |span: &&str| {
                span.contains(&path)
                    || span.starts_with("use ") && names_in(span).any(|told| told == name)
            };
            if !starter.contains(&name) && !spans.iter().any(is_told) {
                untold.push(format!("{id}: {name}"));
            }
        }
        let starter = text(&format!("katas/{id}/starter.py"));
        for line in text(&format!("solutions/{id}/solution.py")).lines() {
            let is_import = line.starts_with("import ") || line.starts_with("from ");
            if is_import && !starter.lines().any(|known| known == line) && !statement.contains(line)
            {
                untold.push(format!("{id}: {line}"));
            }
        }
    }
    assert!(untold.is_empty(), "\n{}", untold.join("\n"));
}

/// The names that the `use` lines of a program bring in: `Array1` and `s` of `use ndarray::{Array1, s};`.
fn imports(program: &str) -> BTreeSet<String> {
    let lines = program
        .split("\nuse ")
        .skip(1)
        .chain(program.strip_prefix("use "));
    let paths = lines.filter_map(|line| line.split(';').next());
    let names = paths.flat_map(|path| match path.split_once('{') {
        Some((_, list)) => names_in(list).filter(|name| *name != "self").collect(),
        None => Vec::from_iter(names_in(path).last()),
    });
    names.map(str::to_owned).collect()
}

fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|char: char| !(char.is_alphanumeric() || char == '_'));
    parts.filter(|part| !part.is_empty())
}

#[test]
fn no_answer_is_inside_the_program() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_katas")).expect("the program is there");
    let holds = |text: &[u8]| program.windows(text.len()).any(|window| window == text);
    // The search finds text that does exist.
    assert!(holds(&read("katas/hf_load/starter.rs")));
    for kata in katas() {
        let solutions = format!("solutions/{}", kata.id);
        assert!(
            !holds(&read(&format!("{solutions}/solution.rs"))),
            "{solutions}"
        );
        assert!(
            !holds(&read(&format!("{solutions}/hidden.yaml"))),
            "{solutions}"
        );
    }
}

fn read(file: &str) -> Vec<u8> {
    std::fs::read(repository().join(Path::new(file))).expect("the file is there")
}
