//! `katas/kata.schema.json`: the reader refuses everything that the schema refuses, and every spec names the schema.

use std::path::Path;

use ::katas::spec;

use crate::common::repository;

/// The validator in `scripts/kata_schema/run` refuses these by the schema.
#[test]
fn what_the_schema_refuses_the_reader_refuses() {
    let folder = repository().join("tests/fixtures/schema");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let spec = spec::parse("kata.yaml", &text, &|_| {
            Err(std::io::ErrorKind::NotFound.into())
        });
        assert!(spec.is_err(), "{}", path.display());
        read += 1;
    }
    assert!(read >= 15, "only {read} broken specs");
}

#[test]
fn every_spec_names_the_schema() {
    let first = "# yaml-language-server: $schema=../kata.schema.json\n";
    let katas = repository().join("katas");
    for entry in std::fs::read_dir(katas).expect("the folder is there") {
        let spec = entry.expect("an entry").path().join("kata.yaml");
        if spec.is_file() {
            let text = std::fs::read_to_string(&spec).expect("the spec can be read");
            assert!(text.starts_with(first), "{}", named(&spec));
        }
    }
}

fn named(path: &Path) -> String {
    path.display().to_string()
}
