//! Untrusted text at every output: all characters that are shown as codes, in texts of answers, courses, names and
//! messages, on every screen, with and without color, and in every report.

mod reports;
mod screens;

/// Characters that must never be printed: from Unicode's tables of controls (Cc), separators (Zl, Zp) and default
/// ignorable characters, independent of the table that is tested.
const NEVER: &[(u32, u32)] = &[
    (0x00, 0x08),
    (0x0b, 0x1f),
    (0x7f, 0x9f),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0xfffe, 0xffff),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe0fff),
];

fn is_never(char: char) -> bool {
    let code = u32::from(char);
    NEVER
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&code))
}

/// Every such character, each after a letter; of the tags and variation selectors only the first and last.
fn table() -> String {
    let all = NEVER.iter().flat_map(|(first, last)| match last - first {
        0..1000 => (*first..=*last).collect::<Vec<_>>(),
        _ => vec![
            *first,
            first + 1,
            first + 0x20,
            first + 0x100,
            first + 0x1ef,
            *last,
        ],
    });
    let chars = all.filter_map(char::from_u32);
    chars.flat_map(|char| ['x', char]).collect::<String>() + "x"
}

/// Typical attacks: the window title, the clipboard, a cleared screen, a link, concealed and colored text.
const ATTACKS: &str = "\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b[2J\x1b[H\x1b[8mhidden\x1b]8;;http://x\x1b\\\r\x1b[1A\u{9b}2J";

/// Checks that a text contains no character of the table, except plain colors.
#[track_caller]
fn check(text: &str, is_colored: bool, what: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(is_never) {
        let found = &rest[at..];
        let style = found
            .strip_prefix("\x1b[")
            .filter(|_| is_colored)
            .and_then(|inside| {
                let (numbers, rest) = inside.split_once('m')?;
                let is_plain = |number: &str| {
                    // Neither concealed, nor black, nor a background color.
                    let number: u32 = number.parse().unwrap_or(0);
                    number < 5
                        || (22..25).contains(&number)
                        || (31..40).contains(&number)
                        || (91..98).contains(&number)
                        || (9..16).contains(&number)
                };
                numbers.split(';').all(is_plain).then_some(rest)
            });
        let Some(after) = style else {
            let start = rest[..at]
                .char_indices()
                .rev()
                .nth(40)
                .map_or(0, |(at, _)| at);
            let around: String = rest[start..].chars().take(80).collect();
            panic!("{what}: {around:?}");
        };
        rest = after;
    }
}

/// Checks the same for every text in a JSON value, because pages and screens show these texts unchanged.
#[track_caller]
fn check_values(value: &serde_json::Value, what: &str) {
    match value {
        serde_json::Value::String(text) => check(text, false, what),
        serde_json::Value::Array(values) => values.iter().for_each(|it| check_values(it, what)),
        serde_json::Value::Object(values) => values.iter().for_each(|(key, it)| {
            check(key, false, what);
            check_values(it, what);
        }),
        _ => {}
    }
}
