//! Values in a spec, converted by their declared type.
//!
//! An array is a flat list of numbers; `bytes` is a list of whole numbers, `{hex: 08 00}` or `{text: ...}`; `str` is
//! any string. Arrays, bytes and text can be in a file of the kata's folder instead: `{file: weights.bin}`, holding an
//! array's elements as little-endian bytes. Lengths are not checked here: `dims` does that once all inputs of a case
//! are known.

use super::Type;
use super::faults::Sink;
use super::fields::{Fields, kind, text};
use super::yaml::{Kind, Node};
use crate::array::{Array, Dtype, Scalar, Value, parse_bits};
use std::io;

/// Reads a file of the kata's folder; the path is relative and stays inside it.
pub type ReadFile<'a> = &'a dyn Fn(&str) -> io::Result<Vec<u8>>;

/// The keys for bytes other than a list; arrays and text only support a file.
pub(super) const SOURCES: &[&str] = &["file", "hex", "text"];

/// The maximum number of invalid numbers that are reported per list.
const TOLD: usize = 5;

/// Reads a value of a type; an array comes out flat, as long as it is written.
pub(super) fn read(
    node: &Node<'_>,
    ty: &Type,
    what: &str,
    files: ReadFile<'_>,
    sink: &mut Sink<'_>,
) -> Option<Value> {
    match ty {
        Type::Array { dtype, .. } => match &node.kind {
            Kind::List(items) => {
                let bits = numbers(items, *dtype, what, sink)?;
                Some(Value::Array(Array::flat(*dtype, &bits)))
            }
            Kind::Map(_) => {
                let Source::File(data) = source(node, what, &["file"], files, sink)? else {
                    return None;
                };
                from_file(node, *dtype, data, sink).map(Value::Array)
            }
            Kind::Scalar { .. } => {
                let written = sink.written(node.span);
                let instead = if written.is_empty() {
                    "write `[1, 2, 3]`".to_owned()
                } else {
                    format!("write `[{written}]`")
                };
                sink.add(
                    node.span,
                    format!("{what} must be a list ({ty}), not {}", kind(node)),
                    instead,
                );
                None
            }
        },
        Type::Scalar(dtype) => scalar(node, *dtype, what, ty, sink),
        Type::Usize => scalar(node, Dtype::U64, what, ty, sink),
        Type::Bytes => match &node.kind {
            Kind::List(items) => {
                let bits = numbers(items, Dtype::U8, what, sink)?;
                Some(Value::Bytes(
                    bits.iter().map(|bits| bits.to_le_bytes()[0]).collect(),
                ))
            }
            Kind::Map(_) => match source(node, what, SOURCES, files, sink)? {
                Source::File(data) => Some(Value::Bytes(data)),
                Source::Hex(digits) => from_hex(node, &digits, sink).map(Value::Bytes),
                Source::Text(text) => Some(Value::Bytes(text.into_bytes())),
            },
            Kind::Scalar { .. } => {
                sink.add(
                    node.span,
                    format!("{what} must be bytes, not {}", kind(node)),
                    "write `[8, 0, 255]`, `{hex: 08 00 ff}` or `{text: ...}`",
                );
                None
            }
        },
        Type::Str => match &node.kind {
            Kind::Scalar { text, quoted } if *quoted || !text.is_empty() => {
                Some(Value::Str(text.to_string()))
            }
            Kind::Map(_) => {
                let Source::File(data) = source(node, what, &["file"], files, sink)? else {
                    return None;
                };
                let text = String::from_utf8(data).ok();
                if text.is_none() {
                    sink.add(
                        node.span,
                        "the file is not UTF-8 text",
                        "save it as UTF-8, or declare `bytes`",
                    );
                }
                text.map(Value::Str)
            }
            _ => {
                sink.add(node.span, format!("{what} must be text, not {}", kind(node)), "write the text, in quotes when it has `:`, `#` or brackets; `\"\"` is empty text");
                None
            }
        },
    }
}

fn scalar(
    node: &Node<'_>,
    dtype: Dtype,
    what: &str,
    ty: &Type,
    sink: &mut Sink<'_>,
) -> Option<Value> {
    let Kind::Scalar { text, .. } = &node.kind else {
        let instead = match &node.kind {
            Kind::List(items) if items.len() == 1 => {
                format!("write `{}`", sink.written(items[0].span))
            }
            _ => format!("write one number, or declare `{ty}[n]`"),
        };
        sink.add(
            node.span,
            format!("{what} must be one number ({ty}), not {}", kind(node)),
            instead,
        );
        return None;
    };
    let bits = parse_bits(dtype, text)
        .map_err(|error| sink.add(node.span, error.message, error.instead))
        .ok()?;
    Some(Value::Scalar(Scalar { dtype, bits }))
}

fn numbers(items: &[Node<'_>], dtype: Dtype, what: &str, sink: &mut Sink<'_>) -> Option<Vec<u64>> {
    let mut bits = Vec::with_capacity(items.len());
    let mut bad = 0;
    for item in items {
        let problem = match &item.kind {
            Kind::Scalar { text, .. } => match parse_bits(dtype, text) {
                Ok(element) => {
                    bits.push(element);
                    continue;
                }
                Err(error) => (error.message, error.instead),
            },
            Kind::List(_) => (
                format!("{what} must be one flat list, without lists inside"),
                "write all rows in one list: `[1, 2, 3, 4]`".to_owned(),
            ),
            Kind::Map(_) => (
                format!("{what} must be a list of numbers, not of maps"),
                "write `[1, 2, 3]`".to_owned(),
            ),
        };
        bad += 1;
        match bad {
            ..=TOLD => sink.add(item.span, problem.0, problem.1),
            _ if bad == TOLD + 1 => sink.add(
                item.span,
                format!("{}; other values of {what} may also be wrong", problem.0),
                problem.1,
            ),
            _ => {}
        }
    }
    (bad == 0).then_some(bits)
}

/// The source of a value given as a map.
enum Source {
    File(Vec<u8>),
    Hex(String),
    Text(String),
}

fn source(
    node: &Node<'_>,
    what: &str,
    known: &[&str],
    files: ReadFile<'_>,
    sink: &mut Sink<'_>,
) -> Option<Source> {
    let before = sink.len();
    let fields = Fields::read(node, what, known, sink)?;
    let mut given = known
        .iter()
        .filter_map(|key| Some((*key, fields.get(key)?)));
    let (Some((key, value)), None) = (given.next(), given.next()) else {
        if sink.len() == before {
            sink.add(
                node.span,
                format!("{what} must have exactly one source"),
                "write `{file: name}`",
            );
        }
        return None;
    };
    let written = match &value.kind {
        // Only text may be empty.
        Kind::Scalar { text, quoted: true } if key == "text" => text,
        _ => text(value, &format!("`{key}`"), "{file: weights.bin}", sink)?,
    };
    match key {
        "hex" => Some(Source::Hex(written.to_owned())),
        "text" => Some(Source::Text(written.to_owned())),
        _ => open(value, written, files, sink).map(Source::File),
    }
}

fn open(node: &Node<'_>, path: &str, files: ReadFile<'_>, sink: &mut Sink<'_>) -> Option<Vec<u8>> {
    let is_plain = path
        .split('/')
        .all(|part| !part.is_empty() && part != "." && part != "..");
    if !is_plain || path.contains(['\\', ':', '\0']) {
        sink.add(
            node.span,
            format!("`{path}` is not inside the kata's folder"),
            "put the file next to kata.yaml and write its name",
        );
        return None;
    }
    files(path)
        .map_err(|error| {
            sink.add(
                node.span,
                format!("`{path}` cannot be read: {error}"),
                "put the file next to kata.yaml and write its name",
            )
        })
        .ok()
}

fn from_file(node: &Node<'_>, dtype: Dtype, data: Vec<u8>, sink: &mut Sink<'_>) -> Option<Array> {
    let (length, size) = (data.len(), dtype.size());
    let is_bool = dtype != Dtype::Bool || data.iter().all(|byte| *byte <= 1);
    let array = is_bool
        .then(|| Array::from_bytes(dtype, vec![length / size], data))
        .flatten();
    if array.is_none() {
        let message = match is_bool {
            true => format!(
                "the file has {length} bytes, which is not a whole number of {dtype} values"
            ),
            false => "the file has bytes that are not bools".to_owned(),
        };
        sink.add(
            node.span,
            message,
            format!(
                "store {size} bytes for each {dtype}, least significant first, and nothing else"
            ),
        );
    }
    array
}

fn from_hex(node: &Node<'_>, written: &str, sink: &mut Sink<'_>) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = written
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| Some(c.to_digit(16)? as u8))
        .collect();
    let pairs = digits.filter(|digits| digits.len() % 2 == 0);
    if pairs.is_none() {
        sink.add(
            node.span,
            "`hex` must be pairs of hexadecimal digits",
            "write two digits for each byte: `{hex: 08 00 ff}`",
        );
    }
    Some(
        pairs?
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect(),
    )
}
