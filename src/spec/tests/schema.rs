//! A JSON schema of `kata.yaml`, for editors that complete and check YAML with a schema.
//!
//! It is generated here from the parser's own lists of keys, so a new key is in it, or a test fails. It is less
//! strict than the parser: it knows no dimensions, and accepts any value for any input.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::GOOD;
use crate::array::Dtype;
use crate::spec::{self, Difficulty, cases, kata, parts, pitfalls, rules};

/// The required keys.
const SPEC_NEEDED: &[&str] = &[
    "format",
    "title",
    "difficulty",
    "points",
    "function",
    "params",
    "returns",
    "cases",
];
const CASE_NEEDED: &[&str] = &["name", "given"];
const PART_NEEDED: &[&str] = &["name", "length"];
const PITFALL_NEEDED: &[&str] = &["text"];

/// Returns the schema as the file has it.
fn kata_schema() -> String {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Generated from the reader in src/spec. Do not edit: `INSTA_UPDATE=always cargo test schema` writes it.",
        "title": "kata.yaml",
        "description": "One kata: the parameters and the result of its function, and its cases.",
        "type": "object",
        "additionalProperties": false,
        "required": SPEC_NEEDED,
        "properties": properties(kata::KEYS, spec_key),
    });
    // Plain values always have a JSON form.
    let mut text =
        serde_json::to_string_pretty(&schema).expect("plain fields always have a JSON form");
    text.push('\n');
    text
}

fn properties(keys: &[&str], describe: fn(&str) -> Value) -> Value {
    let all = keys.iter().map(|key| ((*key).to_owned(), describe(key)));
    Value::Object(all.collect::<Map<String, Value>>())
}

fn spec_key(key: &str) -> Value {
    match key {
        "format" => json!({"description": "The format of this file.", "const": 1}),
        "title" => text("What is learned, in a few words."),
        "difficulty" => json!({
            "description": "How hard it is.",
            "enum": Difficulty::ALL.map(Difficulty::name),
        }),
        "points" => {
            json!({"description": "The points it is worth.", "type": "integer", "minimum": 0, "maximum": u32::MAX})
        }
        "tags" => list(
            text("What it is about, as one word."),
            "Words to find it by.",
        ),
        "function" => name("The function a learner writes: a name in Rust and in Python."),
        "params" => json!({
            "description": "The function's parameters, in order, each with its type. Dimension names bind across parameters and cases.",
            "type": "object",
            "propertyNames": {"pattern": NAME},
            "additionalProperties": {
                "description": "`f32[features * in]`, `usize`, `i64`, `bytes`, `str`.",
                "type": "string",
                "pattern": types("[^\\[\\]]*[^\\s\\[\\]][^\\[\\]]*"),
            },
        }),
        "returns" => json!({
            "description": "The type of the result; `f32[]` does not fix its length.",
            "type": "string",
            "pattern": types("[^\\[\\]]*"),
        }),
        "compare" => rule(),
        "zeros" => json!({
            "description": "Whether +0 and -0 count as equal. The default is distinct.",
            "enum": rules::ZEROS.map(|(word, _)| word),
        }),
        "uses" => list(
            json!({"type": "string", "pattern": CALL}),
            "Calls an answer must make, such as `nnx.split`.",
        ),
        "without" => list(
            json!({"type": "string", "pattern": CALL}),
            "Calls an answer must not make.",
        ),
        "draws" => json!({
            "description": "The most initial values an answer may draw in any one case.",
            "type": "integer",
            "minimum": 0,
        }),
        "limits" => json!({
            "description": "Limits for answers, where the default limits do not fit.",
            "type": "object",
            "additionalProperties": false,
            "properties": properties(kata::LIMITS, limits_key),
        }),
        "parts" => json!({
            "description": "The parts of the result, in order, each with a name; their lengths add up to the result's.",
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": PART_NEEDED,
                "properties": properties(parts::KEYS, part_key),
            },
        }),
        "narrow" => text("Why no hidden case can have many arbitrary outputs."),
        "takeaway" => {
            text("What a learner is told after a pass: what was learned, and where it matters.")
        }
        "cases" => json!({
            "description": "The cases, each a set of inputs with the expected output.",
            "type": "array",
            "minItems": 1,
            "items": case(),
        }),
        "pitfalls" => json!({
            "description": "Known mistakes, each made by a program in solutions/<kata>/wrong/, with what to tell a learner who makes it.",
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
            "additionalProperties": pitfall(),
        }),
        _ => Value::Bool(true),
    }
}

fn limits_key(key: &str) -> Value {
    let (description, place) = match key {
        "seconds" => ("Seconds for all cases together.", 0),
        "memory" => ("Memory in MiB.", 1),
        _ => return Value::Bool(true),
    };
    json!({
        "description": description,
        "type": "integer",
        "minimum": kata::LEAST[place],
        "maximum": kata::MOST[place],
    })
}

fn part_key(key: &str) -> Value {
    match key {
        "name" => text("What its values are, as a learner reads it: `NNX sum`."),
        "length" => json!({
            "description": "How many values it has: a number, or an expression such as `2 * n`.",
            "type": ["integer", "string"],
            "minimum": 0,
            "minLength": 1,
        }),
        "compare" => rule(),
        _ => Value::Bool(true),
    }
}

fn case() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": CASE_NEEDED,
        "properties": properties(cases::KEYS, case_key),
        // A shown case says what it expects; a hidden one does not.
        "if": {"required": ["hidden"], "properties": {"hidden": {"const": true}}},
        "then": {"properties": {"expect": false}},
        "else": {
            "if": {"required": ["sealed"], "properties": {"sealed": {"const": true}}},
            "else": {"required": ["expect"]},
        },
    })
}

fn case_key(key: &str) -> Value {
    match key {
        "name" => text("What the case shows."),
        "hidden" => {
            json!({"description": "Its expected output is in hidden.yaml, next to the solution.", "type": "boolean"})
        }
        "sealed" => {
            json!({"description": "Only in sealed.yaml: it is shipped encrypted.", "type": "boolean"})
        }
        "note" => text("One sentence for a learner who fails it."),
        "given" => json!({
            "description": "One value for each parameter: a list, a number, text, or `{file: weights.bin}`.",
            "type": "object",
            "propertyNames": {"pattern": NAME},
            "additionalProperties": value(),
        }),
        "expect" => {
            let mut value = value();
            value["description"] = "The expected output. Only a shown case has it here.".into();
            value
        }
        _ => Value::Bool(true),
    }
}

fn pitfall() -> Value {
    json!({
        "description": "A text, or `{text: ..., hint: 2}` if a hint in hints.md fits it.",
        "anyOf": [
            pitfall_key("text"),
            {
                "type": "object",
                "additionalProperties": false,
                "required": PITFALL_NEEDED,
                "properties": properties(pitfalls::KEYS, pitfall_key),
            },
        ],
    })
}

fn pitfall_key(key: &str) -> Value {
    match key {
        "text" => text("What the learner did, and where to look. Never the whole answer."),
        "hint" => json!({
            "description": "The hint in hints.md that fits the mistake: the number of its heading.",
            "type": "integer",
            "minimum": 1,
            "maximum": u32::MAX,
        }),
        _ => Value::Bool(true),
    }
}

fn value() -> Value {
    let one = ["number", "string", "boolean"];
    json!({
        "anyOf": [
            {"type": one},
            {"type": "array", "items": {"type": one}},
            {
                "type": "object",
                "additionalProperties": false,
                "minProperties": 1,
                "maxProperties": 1,
                "properties": properties(super::values::SOURCES, |_| json!({"type": ["string", "number"]})),
            },
        ],
    })
}

fn rule() -> Value {
    let tolerance = || json!({"type": ["number", "string"], "minimum": 0});
    let rules = rules::RULES.iter().map(|rule| {
        let key = rule.key;
        let inside = match key {
            "ulp" => json!({"type": "integer", "minimum": 0}),
            "close" => json!({
                "type": "object",
                "additionalProperties": false,
                "properties": properties(rules::CLOSE, |_| json!({"type": ["number", "string"], "minimum": 0})),
            }),
            _ => tolerance(),
        };
        json!({
            "type": "object",
            "additionalProperties": false,
            "required": [key],
            "properties": {key: inside},
        })
    });
    let words = std::iter::once(json!({"const": rules::BITS}));
    json!({
        "description": "How outputs are compared. The default is bit for bit. Hidden cases round a tolerance down to a power of two, so they can be stricter.",
        "oneOf": words.chain(rules).collect::<Vec<_>>(),
    })
}

/// The pattern of a type, with the pattern of what may be between its brackets.
fn types(inside: &str) -> String {
    let all = Dtype::ALL.iter().map(|dtype| dtype.name());
    let alone = Dtype::ALL.iter().filter(|dtype| **dtype != Dtype::Bf16);
    let alone = alone
        .map(|dtype| dtype.name())
        .chain(["usize", "bytes", "str"]);
    let (all, alone) = (
        all.collect::<Vec<_>>().join("|"),
        alone.collect::<Vec<_>>().join("|"),
    );
    format!("^((({all})\\s*\\[{inside}\\])|{alone})$")
}

const CALL: &str = "^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*$";

const NAME: &str = "^[A-Za-z_][A-Za-z0-9_]*$";

fn name(description: &str) -> Value {
    json!({"description": description, "type": "string", "pattern": NAME})
}

fn text(description: &str) -> Value {
    json!({"description": description, "type": ["string", "number", "boolean"], "minLength": 1})
}

fn list(items: Value, description: &str) -> Value {
    json!({"description": description, "type": "array", "items": items})
}

#[test]
fn the_committed_schema_is_the_readers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("katas/kata.schema.json");
    let schema = kata_schema();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(&path).expect("the schema is there");
    assert!(
        committed == schema,
        "katas/kata.schema.json is out of date: INSTA_UPDATE=always cargo test schema"
    );
}

/// Whether the reader misses a top-level key when it is taken out of a good spec.
fn is_missed(key: &str) -> bool {
    let mut kept = Vec::new();
    let mut inside = false;
    for line in GOOD.lines() {
        if !line.starts_with(' ') && !line.starts_with('#') {
            inside = line.starts_with(&format!("{key}:"));
        }
        if !inside {
            kept.push(line);
        }
    }
    let read = spec::parse("kata.yaml", &kept.join("\n"), &|_| {
        Err(std::io::ErrorKind::NotFound.into())
    });
    let missing = format!("has no `{key}`");
    read.is_err_and(|faults| faults.iter().any(|fault| fault.message.ends_with(&missing)))
}

#[test]
fn the_schema_needs_what_the_reader_needs() {
    for key in kata::KEYS {
        assert_eq!(is_missed(key), SPEC_NEEDED.contains(key), "{key}");
    }
}

#[test]
fn every_key_is_described() {
    for (keys, describe) in [
        (kata::KEYS, spec_key as fn(&str) -> Value),
        (cases::KEYS, case_key),
        (pitfalls::KEYS, pitfall_key),
        (parts::KEYS, part_key),
        (kata::LIMITS, limits_key),
    ] {
        for key in keys {
            assert!(describe(key)["description"].is_string(), "{key}");
        }
    }
}
