//! The JSON reader against serde_json, on thousands of right and damaged texts.

use nnx::json::{self, Json};
use serde_json::Value;

/// Whether both readers found the same value.
fn same(ours: &Json, theirs: &Value) {
    match theirs {
        Value::Null => assert!(ours.is_null()),
        Value::Bool(bool) => assert_eq!(ours.as_bool(), Some(*bool)),
        Value::String(text) => assert_eq!(ours.as_str(), Some(text.as_str())),
        // serde_json takes -0 for a float, and by default a float may be one step off.
        Value::Number(number) if number.is_f64() => {
            let (ours, theirs) = (
                ours.as_f64().expect("a number"),
                number.as_f64().expect("a number"),
            );
            assert!(
                (ours - theirs).abs() <= ours.abs() * f64::EPSILON,
                "{ours} {theirs}"
            );
        }
        Value::Number(number) => {
            assert_eq!(ours.as_u64(), number.as_u64());
            assert_eq!(ours.as_i64(), number.as_i64());
        }
        Value::Array(elements) => {
            let array = ours.as_array().expect("an array");
            assert_eq!(array.len(), elements.len());
            array
                .iter()
                .zip(elements)
                .for_each(|(ours, theirs)| same(ours, theirs));
        }
        Value::Object(object) => {
            let pairs = ours.as_object().expect("an object");
            assert_eq!(pairs.len(), object.len());
            object
                .iter()
                .for_each(|(key, theirs)| same(&ours[key.as_str()], theirs));
        }
    }
}

/// Numbers without a pattern, and the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// A JSON text.
    fn json(&mut self, depth: usize) -> String {
        const SPACES: &[&str] = &["", "", " ", "\n", "\t\r\n"];
        let space = self.one(SPACES);
        let most = if depth == 0 { 6 } else { 8 };
        let value = match self.below(most) {
            0 => self.one(&["null", "true", "false"]).to_owned(),
            1 | 2 => self.number(),
            3..6 => self.string(),
            6 => {
                let elements = (0..self.below(4)).map(|_| self.json(depth - 1));
                format!("[{space}{}]", elements.collect::<Vec<_>>().join(","))
            }
            _ => {
                let pairs = (0..self.below(4)).map(|_| {
                    let key = self.string();
                    format!("{space}{key}{space}:{}", self.json(depth - 1))
                });
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
            }
        };
        format!("{space}{value}{space}")
    }

    fn number(&mut self) -> String {
        let sign = self.one(&["", "-"]);
        let integer = self.one(&[
            "0",
            "7",
            "10",
            "9223372036854775807",
            "18446744073709551616",
        ]);
        let fraction = self.one(&["", "", ".0", ".125", ".1"]);
        let exponent = self.one(&["", "", "e1", "E-7", "e+20"]);
        format!("{sign}{integer}{fraction}{exponent}")
    }

    fn string(&mut self) -> String {
        const PIECES: &[&str] = &[
            "a",
            "b",
            "é",
            "😀",
            " ",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u0041",
            "\\ud83d\\ude00",
            "\u{7f}",
        ];
        let pieces: String = (0..self.below(3)).map(|_| self.one(PIECES)).collect();
        format!("\"{pieces}\"")
    }
}

#[test]
fn it_accepts_what_serde_json_accepts_and_reads_the_same() {
    const DAMAGE: &[&str] = &[
        "\"", "\\", "\\u", "d83d", "[", "]", "{", "}", ",", ":", "0", "-", "+", ".", "e", "1", " ",
        "\u{b}", "null", "é",
    ];
    let mut numbers = Numbers(12345);
    let (mut read, mut damaged, mut refused) = (0, 0, 0);
    for round in 0..20_000 {
        let mut text = numbers.json(4);
        let changes = if round % 4 == 0 {
            0
        } else {
            1 + numbers.below(2)
        };
        for _ in 0..changes {
            let mut characters: Vec<char> = text.chars().collect();
            let place = numbers.below(characters.len() + 1);
            match numbers.below(3) {
                0 => characters.truncate(place),
                1 if place < characters.len() => drop(characters.remove(place)),
                _ => {
                    let piece = numbers.one(DAMAGE).chars();
                    characters.splice(place..place, piece).for_each(drop);
                }
            }
            text = characters.into_iter().collect();
        }
        match (json::parse(&text), serde_json::from_str::<Value>(&text)) {
            (Ok(ours), Ok(theirs)) => {
                same(&ours, &theirs);
                read += usize::from(changes == 0);
                damaged += usize::from(changes > 0);
            }
            // A float that is too large: infinity here and in Python.
            (Ok(_), Err(error)) if error.to_string().starts_with("number out of range") => {}
            (Err(_), Err(_)) => refused += 1,
            (ours, theirs) => panic!("{text:?}: {ours:?}, {theirs:?}"),
        }
    }
    assert_eq!(read, 5000);
    assert!(
        damaged > 1000 && refused > 1000,
        "{damaged} damaged, {refused} refused"
    );
}
