//! Equivalent JSON without hidden characters: they are escaped as in `\u202e`.
//!
//! `json` calls it. A record contains answers as they were submitted, and people view it in terminals.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::printable;

/// Writes a value over several lines.
pub(super) fn write(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> Result<()> {
    let formatter = Escaped(PrettyFormatter::new());
    value.serialize(&mut Serializer::with_formatter(out, formatter))?;
    Ok(())
}

/// A wrapper around another formatter.
struct Escaped(PrettyFormatter<'static>);

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> Result<()> {
        let mut rest = text;
        while let Some(at) = rest.find(printable::has_code) {
            let (before, after) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            let mut chars = after.chars();
            let mut units = [0; 2];
            for unit in chars
                .next()
                .map_or(&[][..], |char| char.encode_utf16(&mut units))
            {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_escaped_and_reads_back() {
        let value = ("é\u{202e}\u{e0041}👩\u{200d}💻\n", [1, 2], [(); 0]);
        let mut bytes = Vec::new();
        write(&mut bytes, &value).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let expected =
            "[\n  \"é\\u202e\\udb40\\udc41👩\\u200d💻\\n\",\n  [\n    1,\n    2\n  ],\n  []\n]";
        assert_eq!(text, expected);
        assert_eq!(
            serde_json::from_str::<(String, [u8; 2], [(); 0])>(&text)
                .unwrap()
                .0,
            value.0
        );
    }
}
