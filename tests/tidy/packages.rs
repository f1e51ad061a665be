//! Rules about packages: each external crate is named in one place, and versions agree.

use std::collections::BTreeSet;

use super::{files, none, read};

/// The files in which each external crate may be named, so that each can be replaced. A new dependency gets a line
/// here.
const PLACES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["src/spec/picture.rs"]),
    ("approx", &["src/compare/close.rs"]),
    ("argon2", &["src/seal/slow.rs"]),
    ("chacha20poly1305", &["src/seal/cipher.rs"]),
    ("clap", &["src/cli/"]),
    ("colored", &["src/ui/"]),
    ("crossterm", &["src/ui/terminal.rs"]),
    ("csv", &["src/report/gradebook.rs"]),
    ("data_encoding", &["src/report/text.rs", "src/seal/hex.rs"]),
    ("diffy", &["src/catalog/wrong.rs"]),
    ("flate2", &["src/catalog/reference.rs"]),
    (
        "getrandom",
        &[
            "src/sandbox/prepare.rs",
            "src/seal/hex.rs",
            "src/track/batch.rs",
        ],
    ),
    ("indicatif", &["src/ui/"]),
    ("landlock", &["src/sandbox/"]),
    ("libc", &["src/sandbox/"]),
    ("minijinja", &["src/report/html/"]),
    ("notify", &["src/watch/saves.rs"]),
    ("num_bigint", &["src/compare/cells.rs"]),
    ("pulldown_cmark", &["src/ui/markdown.rs"]),
    ("quick_junit", &["src/report/junit.rs"]),
    ("rustix", &["src/files/", "src/sandbox/", "src/signal.rs"]),
    ("seccompiler", &["src/sandbox/"]),
    ("serde", &["src/"]),
    ("serde_json", &["src/"]),
    ("serde_yaml", &["src/spec/yaml.rs"]),
    (
        "sha2",
        &[
            "src/class/",
            "src/digest.rs",
            "src/grade/",
            "src/report/html/policy.rs",
            "src/seal/",
            "src/track/",
        ],
    ),
    ("signal_hook", &["src/cli/stop.rs"]),
    ("strsim", &["src/catalog/"]),
    ("tempfile", &["src/files/", "src/sandbox/", "src/track/"]),
    ("terminal_size", &["src/ui/mod.rs"]),
    ("thiserror", &["src/"]),
    ("unicode_width", &["src/ui/words.rs"]),
    ("zip", &["src/class/", "src/classroom/"]),
    ("zeroize", &["src/seal/mod.rs"]),
];

/// The names in the `[dependencies]` tables, as code writes them.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let (mut inside, mut names) = (false, BTreeSet::new());
    for line in manifest.lines() {
        if let Some(table) = line.strip_prefix('[') {
            inside = table.ends_with("dependencies]") && !table.contains("dev-");
        } else if let (true, Some((name, _))) =
            (inside && !line.starts_with('#'), line.split_once('='))
        {
            names.insert(name.trim().replace('-', "_"));
        }
    }
    names
}

#[test]
fn every_outside_crate_has_its_place() {
    let manifest = dependencies(&read("Cargo.toml"));
    let mut findings = Vec::new();
    for name in &manifest {
        let Some((_, places)) = PLACES.iter().find(|(known, _)| known == name) else {
            findings.push(format!(
                "{name} has no place; give it one in tests/tidy/packages.rs"
            ));
            continue;
        };
        let mut used = false;
        for file in files("src", ".rs") {
            let named = file.code().any(|(_, line)| names(line, name));
            used |= named;
            if named && !places.iter().any(|place| file.path.starts_with(place)) {
                findings.push(format!(
                    "{} names {name}, which belongs to {places:?}",
                    file.path
                ));
            }
        }
        if !used {
            findings.push(format!(
                "{name} is named nowhere; take it out of Cargo.toml"
            ));
        }
    }
    none(&findings);
}

/// Whether a line of code names a crate: `clap::Args`, but not `my_clap::Args`.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(&format!("{name}::")).any(|(index, _)| {
        let before = line[..index].chars().next_back();
        before.is_none_or(|char| !char.is_alphanumeric() && char != '_' && char != ':')
    })
}

#[test]
fn names_are_whole_words() {
    assert!(names("use clap::Args;", "clap"));
    assert!(names("#[derive(clap::Args)]", "clap"));
    assert!(!names("my_clap::Args", "clap"));
}

/// The name and version of each package in a lock file.
fn locked(lock: &str) -> BTreeSet<(String, String)> {
    let value = |line: &str, name: &str| {
        let rest = line.strip_prefix(name)?.strip_prefix(" = \"")?;
        Some(rest.strip_suffix('"')?.to_owned())
    };
    let packages = lock.split("[[package]]").skip(1);
    packages
        .filter_map(|package| {
            let name = package.lines().find_map(|line| value(line, "name"))?;
            let version = package.lines().find_map(|line| value(line, "version"))?;
            Some((name, version))
        })
        .collect()
}

/// Verdicts depend on the bits of ndarray, so tests and answers must use the same version.
#[test]
fn answers_are_built_with_the_versions_that_the_tests_are() {
    let workspace = locked(&read("Cargo.lock"));
    let answers = locked(&read("nnx/Cargo.lock"));
    assert!(answers.iter().any(|(name, _)| name == "ndarray"));
    let missing = answers.difference(&workspace);
    let missing: Vec<_> = missing
        .map(|(name, version)| format!("nnx/Cargo.lock has {name} {version}, Cargo.lock another"))
        .collect();
    none(&missing);
}

#[test]
fn the_teaching_crate_needs_ndarray_and_nothing_else() {
    assert_eq!(
        dependencies(&read("nnx/Cargo.toml")),
        BTreeSet::from(["ndarray".to_owned()])
    );
}

#[test]
fn the_changelog_has_the_current_version() {
    let heading = format!("## {}", env!("CARGO_PKG_VERSION"));
    assert!(
        read("CHANGELOG.md")
            .lines()
            .any(|line| line.starts_with(&heading)),
        "no `{heading}`"
    );
}

#[test]
fn the_oldest_rust_is_the_same_everywhere() {
    let oldest = |manifest: &str| {
        let text = read(manifest);
        let line = text.lines().find(|line| line.starts_with("rust-version"));
        line.map(str::to_owned)
    };
    assert_eq!(oldest("Cargo.toml"), oldest("nnx/Cargo.toml"));
}

/// A spec may name an operation only if the teaching crate counts it, so the list and the counters must agree.
#[test]
fn the_list_of_operations_has_what_is_counted() {
    let list = read("nnx/src/operations.rs");
    let mut listed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let mut counted = Vec::new();
    for file in files("nnx/src", ".rs") {
        let constant = file.text.split("const OPERATION: &str = \"").nth(1);
        let constant = constant.and_then(|rest| rest.split('"').next());
        for argument in file.text.split("note(").skip(1) {
            match argument
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next())
            {
                Some(name) => counted.push(name.to_owned()),
                None if argument.starts_with("OPERATION)") => {
                    counted.push(constant.expect("the file names its operation").to_owned());
                }
                None => assert!(argument.starts_with("name: "), "{argument:.40}"),
            }
        }
    }
    counted.sort_unstable();
    counted.dedup();
    assert!(counted.len() > 10, "{counted:?}");
    listed.sort_unstable();
    assert_eq!(
        listed, counted,
        "nnx/src/operations.rs, and what nnx/src/ counts with `note`"
    );
}
