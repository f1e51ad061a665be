//! What keeps a page from doing anything but what this program wrote into it: its policy, and data that cannot end early.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// The policy of a page: this style, this script, and nothing from anywhere.
pub(super) fn policy(style: &str, script: Option<&str>) -> String {
    let script = script.map_or_else(String::new, |script| {
        format!("; script-src 'sha256-{}'", base64(&Sha256::digest(script)))
    });
    format!(
        "default-src 'none'; style-src 'sha256-{}'{script}; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(style)),
    )
}

/// Writes a value as JSON that can stand inside a `script` element: nothing in it is markup.
pub(super) fn json(value: &impl Serialize) -> String {
    // Plain fields always have a JSON form.
    let text = serde_json::to_string(value).unwrap_or_default();
    if !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 64);
    for char in text.chars() {
        match char {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            char => safe.push(char),
        }
    }
    safe
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut three = [0; 3];
        three[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for index in 0..4 {
            if index <= chunk.len() {
                text.push(char::from(
                    LETTERS[(bits >> (18 - 6 * index)) as usize & 63],
                ));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_in_base64() {
        for (bytes, text) in [
            ("", ""),
            ("M", "TQ=="),
            ("Ma", "TWE="),
            ("Man", "TWFu"),
            ("Many?", "TWFueT8="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn data_holds_no_markup_and_reads_back_the_same() {
        let text = "</script><!-- & \u{2028}\u{2029} \"'\\ é";
        let json = json(&text);
        assert!(
            !json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
