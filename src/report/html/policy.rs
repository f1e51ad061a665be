//! The content security policy of a page, and JSON that cannot break out of its element.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::report::text::BASE64;

/// The policy of a page: it allows only this style and this script, and no URL.
pub(super) fn policy(style: &str, script: Option<&str>) -> String {
    let script = script.map_or_else(String::new, |script| {
        format!(
            "; script-src 'sha256-{}'",
            BASE64.encode(&Sha256::digest(script))
        )
    });
    format!(
        "default-src 'none'; style-src 'sha256-{}'{script}; base-uri 'none'; form-action 'none'",
        BASE64.encode(&Sha256::digest(style)),
    )
}

/// Formats a value as JSON for a `script` element: nothing in it is markup.
pub(super) fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("plain fields always have a JSON form");
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

#[cfg(test)]
mod tests {
    use super::*;

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
