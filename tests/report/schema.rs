//! `schemas/record-v2.schema.json` describes exactly what the code writes and reads.
//!
//! `scripts/report_contracts/run` checks the same files with a real validator.

use std::collections::BTreeSet;

use katas::record::StudentView;
use katas::report::{format, read};
use serde_json::Value;

use super::records::all;
use crate::common::repository;

fn schema() -> Value {
    let path = repository().join("schemas/record-v2.schema.json");
    let text = std::fs::read_to_string(path).expect("the schema");
    serde_json::from_str(&text).expect("JSON")
}

/// Walks through a value and its schema: each must have all keys of the other, and every kind of value must occur.
struct Walk<'a> {
    root: &'a Value,
    /// The names of the definitions that occurred.
    met: BTreeSet<String>,
    /// Where `null` is allowed, and whether it occurred.
    findings: Vec<String>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, path: &str, value: &Value, schema: &'a Value) {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.strip_prefix("#/$defs/").expect("a definition");
            self.met.insert(name.to_owned());
            return self.value(path, value, &self.root["$defs"][name]);
        }
        if let Some([some, none]) = schema["anyOf"].as_array().map(Vec::as_slice) {
            let chosen = if value.is_null() { none } else { some };
            return self.value(path, value, chosen);
        }
        let allowed: Vec<_> = match &schema["type"] {
            Value::String(one) => vec![one.as_str()],
            Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() || allowed == ["number"] => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let is_listed = match (&schema["enum"], &schema["const"]) {
            (Value::Array(list), _) => list.contains(value),
            (_, Value::Null) => allowed.contains(&kind),
            (_, only) => only == value,
        };
        if !is_listed {
            self.findings
                .push(format!("{path}: {value} is not allowed"));
        }
        match value {
            Value::Array(items) => {
                for item in items {
                    self.value(&format!("{path}[]"), item, &schema["items"]);
                }
            }
            Value::Object(fields) => self.object(path, fields, schema),
            _ => {}
        }
    }

    fn object(&mut self, path: &str, fields: &serde_json::Map<String, Value>, schema: &'a Value) {
        if schema["additionalProperties"].is_object() {
            // Its keys are names from the record.
            for (name, value) in fields {
                self.value(
                    &format!("{path}.{name}"),
                    value,
                    &schema["additionalProperties"],
                );
            }
            return;
        }
        let Some(properties) = schema["properties"].as_object() else {
            return self.findings.push(format!("{path} has no properties"));
        };
        let names: BTreeSet<_> = fields.keys().map(String::as_str).collect();
        let known: BTreeSet<_> = properties.keys().map(String::as_str).collect();
        let required = schema["required"].as_array().expect("required");
        let required: BTreeSet<_> = required.iter().filter_map(Value::as_str).collect();
        if names != known || names != required || schema["additionalProperties"] != false {
            self.findings.push(format!(
                "{path}: written {names:?}, known {known:?}, required {required:?}"
            ));
        }
        for (name, value) in fields {
            self.value(
                &format!("{path}.{name}"),
                value,
                &schema["properties"][name],
            );
        }
    }
}

#[test]
fn the_schema_describes_what_is_written() {
    let schema = schema();
    let mut walk = Walk {
        root: &schema,
        met: BTreeSet::new(),
        findings: Vec::new(),
    };
    let mut records = all();
    let (_, mut kept) = records[1].clone();
    let kata = kept.submissions[0].katas[2].clone();
    kept.submissions[0].katas[2].students = Some(StudentView::from(kata));
    records.push(("kept to the teacher", kept));
    for (name, record) in records {
        let bytes = format("json").expect("a format").render(&record);
        walk.value(
            name,
            &serde_json::from_slice(&bytes).expect("JSON"),
            &schema,
        );
    }
    assert!(walk.findings.is_empty(), "\n{}", walk.findings.join("\n"));
    let defined: BTreeSet<_> = schema["$defs"]
        .as_object()
        .expect("definitions")
        .keys()
        .cloned()
        .collect();
    assert_eq!(walk.met, defined, "every definition is met by a record");
}

/// The words of an enum in the schema are those of the code: each of them can be read, and no other word can.
#[test]
fn the_words_of_the_schema_are_the_codes() {
    let schema = schema();
    let (_, record) = all()
        .into_iter()
        .find(|(name, _)| *name == "partial")
        .expect("it is there");
    let bytes = format("json").expect("a format").render(&record);
    let written: Value = serde_json::from_slice(&bytes).expect("JSON");
    for (definition, property, pointer) in [
        ("course", "credit", "/course/credit"),
        ("course", "sealed", "/course/sealed"),
        ("kata", "status", "/submissions/0/katas/0/status"),
        ("case", "status", "/submissions/0/katas/0/cases/0/status"),
        ("case_kind", "", "/submissions/0/katas/0/cases/0/kind"),
    ] {
        let mut found = &schema["$defs"][definition];
        if !property.is_empty() {
            found = &found["properties"][property];
        }
        let words: Vec<_> = found["enum"]
            .as_array()
            .expect("words")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let mut changed = written.clone();
        let mut is_read = |word: &str| {
            *changed.pointer_mut(pointer).expect("a place") = Value::from(word);
            match read(&serde_json::to_vec(&changed).expect("JSON")) {
                Ok(_) => Ok(()),
                Err(error) => Err(error.to_string()),
            }
        };
        for word in &words {
            assert_eq!(is_read(word), Ok(()), "{pointer}: {word}");
        }
        // The reader's error lists the words it accepts.
        let says = is_read("something else").expect_err("an unknown word");
        let known: Vec<_> = says.split('`').skip(3).step_by(2).collect();
        assert_eq!(known, words, "{says}");
    }
}

/// The reader refuses everything that the schema refuses (`scripts/report_contracts`).
#[test]
fn broken_records_are_refused() {
    let folder = repository().join("tests/report/broken");
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("broken records") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).expect("it can be read");
        assert!(read(&bytes).is_err(), "{} is read", path.display());
        count += 1;
    }
    assert!(count >= 8, "only {count} broken records");
}
