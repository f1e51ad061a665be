//! Readers of the reports that share no code with the writers.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// Reads the lines for `$GITHUB_OUTPUT` as GitHub and the reporter do: a name, `=`, and JSON in base64.
pub(super) fn outputs(bytes: &[u8]) -> Vec<(String, Value)> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.is_empty() || text.ends_with('\n'));
    let lines = text.lines().map(|line| {
        let (name, value) = line.split_once('=').expect("a name and a value");
        let word = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '-';
        assert!(!name.is_empty() && name.chars().all(word), "{name:?}");
        let json = decoded(value);
        (
            name.to_owned(),
            serde_json::from_slice(&json).expect("JSON"),
        )
    });
    lines.collect()
}

fn decoded(text: &str) -> Vec<u8> {
    let mut bits = Vec::new();
    for char in text.trim_end_matches('=').chars() {
        let value = match char {
            'A'..='Z' => char as u32 - 'A' as u32,
            'a'..='z' => char as u32 - 'a' as u32 + 26,
            '0'..='9' => char as u32 - '0' as u32 + 52,
            '+' => 62,
            '/' => 63,
            _ => panic!("{char:?} is not in base64"),
        };
        bits.extend((0..6).rev().map(|place| value >> place & 1));
    }
    assert_eq!(text.len() % 4, 0);
    let bytes = bits.chunks_exact(8);
    bytes
        .map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | *bit as u8))
        .collect()
}

/// A test suite as an XML reader sees it.
#[derive(Debug, Default)]
pub(super) struct Suite {
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) properties: BTreeMap<String, String>,
    /// The elements in each test case.
    pub(super) cases: Vec<Vec<String>>,
}

/// Reads JUnit XML.
pub(super) fn suites(bytes: &[u8]) -> Vec<Suite> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut reader = Reader::from_str(text);
    let mut suites: Vec<Suite> = Vec::new();
    let mut inside_case = false;
    loop {
        let event = reader.read_event().expect("well-formed XML");
        let (element, is_empty) = match &event {
            Event::Start(element) => (element, false),
            Event::Empty(element) => (element, true),
            Event::End(element) => {
                inside_case &= element.name().as_ref() != b"testcase";
                continue;
            }
            Event::Text(text) => {
                text.decode().expect("text");
                continue;
            }
            Event::Eof => return suites,
            _ => continue,
        };
        let name = String::from_utf8_lossy(element.name().as_ref()).into_owned();
        let mut attributes = attributes(element);
        match (name.as_str(), suites.last_mut()) {
            ("testsuite", _) => suites.push(Suite {
                attributes,
                ..Suite::default()
            }),
            ("property", Some(suite)) => {
                let mut take = |name: &str| attributes.remove(name).expect("an attribute");
                let name = take("name");
                suite.properties.insert(name, take("value"));
            }
            ("testcase", Some(suite)) => {
                suite.cases.push(Vec::new());
                inside_case = !is_empty;
            }
            (_, Some(suite)) if inside_case => suite.cases.last_mut().expect("a case").push(name),
            _ => {}
        }
    }
}

fn attributes(element: &BytesStart) -> BTreeMap<String, String> {
    let each = element.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute");
        let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        (
            name,
            attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .expect("a value")
                .into_owned(),
        )
    });
    each.collect()
}

/// Reads CSV: every row as long as the first.
pub(super) fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut rows = vec![vec![String::new()]];
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(char) = chars.next() {
        let row = rows.last_mut().expect("a row");
        let cell = row.last_mut().expect("a cell");
        match (char, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => cell.extend(chars.next()),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(String::new()),
            ('\r', false) => assert_eq!(chars.peek(), Some(&'\n')),
            ('\n', false) => rows.push(vec![String::new()]),
            (char, _) => cell.push(char),
        }
    }
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "a newline at the end"
    );
    let width = rows[0].len();
    assert!(rows.iter().all(|row| row.len() == width));
    rows
}
