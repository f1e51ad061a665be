//! The house rules a machine can check: the order of the modules, the size of the files, the words at their top.

use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

#[test]
fn modules_name_only_those_before_them() {
    let lib = include_str!("../../src/lib.rs");
    let modules: Vec<&str> = lib
        .lines()
        .filter_map(|line| {
            line.strip_prefix("pub ")
                .unwrap_or(line)
                .strip_prefix("mod ")?
                .strip_suffix(';')
        })
        .collect();
    assert!(modules.len() > 20);
    let mut checked = 0;
    for file in sources("src") {
        let name = file
            .strip_prefix(root().join("src"))
            .unwrap()
            .with_extension("");
        let name = name
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        let Some(place) = modules.iter().position(|module| *module == name) else {
            continue;
        };
        let text = read_to_string(&file).unwrap();
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for named in code.flat_map(|line| line.split("crate::").skip(1)) {
            let named: String = named
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            if let Some(other) = modules.iter().position(|module| *module == named) {
                assert!(
                    other <= place,
                    "{name} names {named}, which stands behind it in lib.rs"
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 50);
}

#[test]
fn files_are_small_and_begin_with_a_description() {
    let files = ["src", "tests", "examples"].into_iter().flat_map(sources);
    let mut seen = 0;
    for file in files {
        let text = read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{}", file.display());
        assert!(text.lines().count() < 400, "{}", file.display());
        seen += 1;
    }
    assert!(seen > 40);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in read_dir(root().join(folder)).expect("a folder of the crate") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let inner = path.strip_prefix(root()).expect("it lies in the crate");
            files.extend(sources(inner.to_str().expect("a name in UTF-8")));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
