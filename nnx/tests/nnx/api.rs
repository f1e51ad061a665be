//! API.md, which `katas api` shows: it has every name that this crate exports, and no other.

use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// The names of the tables with their paths, such as `random::key`.
fn listed() -> BTreeSet<String> {
    let (mut names, mut place) = (BTreeSet::new(), None);
    for line in include_str!("../../API.md").lines() {
        let Some(cells) = line.strip_prefix("| ") else {
            if !line.starts_with('|') {
                place = None;
            }
            continue;
        };
        let cell = cells.split(" |").next().unwrap_or_default();
        let Some(place) = &place else {
            let inside = cell.strip_prefix("nnx").expect("a place in this crate");
            place = Some(inside.trim_start_matches("::").to_owned());
            continue;
        };
        let name = cell.trim_matches('`');
        let path = if place.is_empty() {
            name.to_owned()
        } else {
            format!("{place}::{name}")
        };
        assert!(names.insert(path.clone()), "{path} is in it twice");
    }
    names
}

/// The names that `pub use` and `pub mod` of lib.rs export, the hidden ones excepted.
fn exported() -> BTreeSet<String> {
    let lib = include_str!("../../src/lib.rs").replace("#[doc(hidden)]\npub mod arithmetic;\n", "");
    let mut names = BTreeSet::new();
    for statement in lib.split(';') {
        let statement = statement.trim();
        if let Some(start) = statement.rfind("pub use ") {
            let (_, used) = statement[start..].split_once("::").expect("a module");
            let used = used.trim_matches(['{', '}']).split(',').map(str::trim);
            names.extend(used.filter(|name| !name.is_empty()).map(str::to_owned));
        } else if let Some(start) = statement.rfind("pub mod ") {
            names.insert(statement[start + "pub mod ".len()..].to_owned());
        }
    }
    names
}

/// The sources of a module: a file, or every file of a folder.
fn sources(module: &str) -> Vec<PathBuf> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let file = src.join(format!("{module}.rs"));
    if file.is_file() {
        return vec![file];
    }
    let files = read_dir(src.join(module)).expect("a module");
    files.map(|entry| entry.expect("an entry").path()).collect()
}

/// What a source declares for its users: functions, types and constants, those of its types included.
fn declared(text: &str) -> BTreeSet<String> {
    let (mut names, mut owner) = (BTreeSet::new(), String::new());
    let name = |text: &str| -> String {
        let is_part = |char: &char| char.is_alphanumeric() || *char == '_';
        text.chars().take_while(is_part).collect()
    };
    for line in text.lines() {
        if line == "#[cfg(test)]" {
            break;
        }
        if let Some(rest) = line.strip_prefix("impl") {
            let generics = if rest.starts_with('<') { "> " } else { " " };
            let (_, rest) = rest.split_once(generics).expect("a type");
            owner = name(rest.split(" for ").last().unwrap_or_default());
        }
        let (item, prefix) = match line.strip_prefix("    ") {
            Some(inner) => (inner, format!("{owner}::")),
            None => (line, String::new()),
        };
        let words = ["const fn ", "fn ", "struct ", "enum ", "trait ", "const "];
        let item = item.strip_prefix("pub ");
        let item = item.and_then(|item| words.iter().find_map(|word| item.strip_prefix(word)));
        if let Some(item) = item {
            names.insert(format!("{prefix}{}", name(item)));
        }
    }
    names
}

fn declared_in(modules: &[&str]) -> BTreeSet<String> {
    let files = modules.iter().flat_map(|module| sources(module));
    files
        .flat_map(|file| declared(&read_to_string(file).expect("a source")))
        .collect()
}

/// The modules of lib.rs: the public ones, or all.
fn modules(prefix: &str) -> Vec<&'static str> {
    let lines = include_str!("../../src/lib.rs").lines();
    let modules = lines.filter_map(|line| line.strip_prefix(prefix)?.strip_suffix(';'));
    modules.filter(|module| *module != "arithmetic").collect()
}

#[test]
fn every_exported_name_is_listed() {
    let listed = listed();
    let mut names = exported();
    assert!(names.len() > 50, "{names:?}");
    for module in modules("pub mod ") {
        let items = declared_in(&[module]).into_iter();
        let items = items.filter(|item| !item.contains("::"));
        names.extend(items.map(|item| format!("{module}::{item}")));
    }
    for name in names {
        let inside = format!("{name}::");
        let is_listed = listed
            .iter()
            .any(|path| *path == name || path.starts_with(&inside));
        assert!(is_listed, "{name} is not in API.md");
    }
}

#[test]
fn every_listed_name_exists() {
    let exported = exported();
    let all = [modules("mod "), modules("pub mod ")].concat();
    let declared = declared_in(&all);
    let listed = listed();
    assert!(listed.len() > 150, "{listed:?}");
    for path in listed {
        let (first, rest) = path.split_once("::").unwrap_or((&path, ""));
        let exists = match (first, rest) {
            ("module!", "") => include_str!("../../src/module.rs").contains("macro_rules! module "),
            (first, "") => exported.contains(first),
            (first, rest) if modules("pub mod ").contains(&first) => {
                declared_in(&[first]).contains(rest)
            }
            (first, _) => exported.contains(first) && declared.contains(&path),
        };
        assert!(exists, "{path} is in API.md and not in this crate");
    }
}
