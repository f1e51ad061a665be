//! Reads JSON, such as a model's `config.json` or the index of its weight files.
//!
//! Answers and tests call it with the whole text in memory. It reads what Python's `json` reads, with three
//! differences:
//! - `NaN`, `Infinity` and `-Infinity` are errors: they are not JSON.
//! - Half of a surrogate pair, such as `"\ud800"`, is an error: no `String` can contain it.
//! - A number stays as it is written; [`Json::as_u64`], [`Json::as_i64`] and [`Json::as_f64`] convert it.
//!
//! Keys keep their order. If an object has a key twice, the last value counts, in the place of the first, as in Python.
//! Arrays and objects can be nested [`MAX_DEPTH`] deep. This module does not write JSON.
//!
//! ```
//! use nnx::json;
//!
//! let config = json::parse(r#"{"hidden_size": 64, "rope": {"theta": 1e4}, "tied": null, "layers": ["full", "sliding"]}"#)?;
//! assert_eq!(config["hidden_size"].as_u64(), Some(64));
//! assert_eq!(config["rope"]["theta"].as_f64(), Some(10_000.0));
//! assert_eq!(config["layers"][1].as_str(), Some("sliding"));
//! assert!(config["tied"].is_null() && config.get("bias").is_none());
//! # Ok::<(), json::Error>(())
//! ```

mod error;
mod reader;

pub use error::Error;
pub(crate) use reader::{Fault, Reader};

use std::collections::BTreeMap;
use std::ops::Index;

/// How deep arrays and objects can be nested.
pub const MAX_DEPTH: usize = 128;

/// A JSON value.
///
/// Two objects are equal if they have the same keys in the same order, and two numbers if they are written the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(Value);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Object),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Object {
    pairs: Vec<(String, Json)>,
    /// The place of each key in `pairs`, so that a lookup is fast: a vocabulary has a hundred thousand keys.
    places: BTreeMap<String, usize>,
}

impl Object {
    fn insert(&mut self, key: String, value: Json) {
        match self.places.get(&key) {
            Some(&place) => self.pairs[place].1 = value,
            None => {
                self.places.insert(key.clone(), self.pairs.len());
                self.pairs.push((key, value));
            }
        }
    }
}

/// Reads a string that is one JSON value.
///
/// # Errors
/// If it is not JSON or is nested too deeply, with the line, the column, and what was expected and found there.
pub fn parse(text: &str) -> Result<Json, Error> {
    let mut reader = Reader::new(text);
    let json = value(&mut reader, 0);
    let json = json.and_then(|json| reader.end("the end of the text").map(|()| json));
    json.map_err(|fault| Error::new(text, fault))
}

/// Reads a value that is inside this many arrays and objects.
fn value(reader: &mut Reader<'_>, depth: usize) -> Result<Json, Fault> {
    let next = reader.peek();
    if matches!(next, Some('{' | '[')) && depth == MAX_DEPTH {
        return Err(reader.fault("no more than 128 nested arrays and objects"));
    }
    Ok(Json(match next {
        Some('{') => {
            let mut object = Object::default();
            reader.object::<Fault>(|reader, _, key| {
                object.insert(key, value(reader, depth + 1)?);
                Ok(())
            })?;
            Value::Object(object)
        }
        Some('[') => {
            let mut array = Vec::new();
            reader.array::<Fault>(|reader| {
                array.push(value(reader, depth + 1)?);
                Ok(())
            })?;
            Value::Array(array)
        }
        Some('"') => Value::String(reader.string()?),
        Some('-' | '0'..='9') => Value::Number(reader.number()?.to_owned()),
        _ if reader.follows("null") => Value::Null,
        _ if reader.follows("true") => Value::Bool(true),
        _ if reader.follows("false") => Value::Bool(false),
        _ => return Err(reader.fault("a JSON value")),
    }))
}

impl Json {
    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.0 == Value::Null
    }

    /// The boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.0 {
            Value::Bool(bool) => Some(bool),
            _ => None,
        }
    }

    /// The number as it is written, such as `1e-05`.
    pub fn as_number(&self) -> Option<&str> {
        match &self.0 {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is written as a non-negative integer (`64`, but neither `64.0` nor `6.4e1`) that fits in 64
    /// bits.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.parse().ok()
    }

    /// The number, if it is written as an integer that fits in a signed 64-bit integer.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    /// The float nearest to the number; infinity if it is too large for one, as in Python.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.parse().ok()
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn as_array(&self) -> Option<&[Json]> {
        match &self.0 {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The keys and values of an object, in the order of the text.
    pub fn as_object(&self) -> Option<&[(String, Json)]> {
        match &self.0 {
            Value::Object(object) => Some(&object.pairs),
            _ => None,
        }
    }

    /// The value of this key; `None` if there is none, or if this is not an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.0 {
            Value::Object(object) => Some(&object.pairs[*object.places.get(key)?].1),
            _ => None,
        }
    }

    fn kind(&self) -> &'static str {
        match self.0 {
            Value::Null => "null",
            Value::Bool(_) => "a bool",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

impl Index<&str> for Json {
    type Output = Self;

    /// The value of this key. It panics if there is none.
    #[track_caller]
    fn index(&self, key: &str) -> &Self {
        let Some(pairs) = self.as_object() else {
            panic!(
                "json: expected an object with a key {key:?}, found {}",
                self.kind()
            );
        };
        self.get(key).unwrap_or_else(|| {
            let known: Vec<_> = pairs
                .iter()
                .take(8)
                .map(|(known, _)| format!("{known:?}"))
                .collect();
            let more = match pairs.len().saturating_sub(known.len()) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            match known.as_slice() {
                [] => panic!("json: there is no key {key:?}; the object is empty"),
                known => panic!(
                    "json: there is no key {key:?}; there is {}{more}",
                    known.join(", ")
                ),
            }
        })
    }
}

impl Index<usize> for Json {
    type Output = Self;

    /// The element at this index. It panics if there is none.
    #[track_caller]
    fn index(&self, index: usize) -> &Self {
        let Some(elements) = self.as_array() else {
            panic!(
                "json: expected an array with an element {index}, found {}",
                self.kind()
            );
        };
        let length = elements.len();
        elements
            .get(index)
            .unwrap_or_else(|| panic!("json: there is no element {index}; the array has {length}"))
    }
}
