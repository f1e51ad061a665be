//! Reads the header of a safetensors file: the subset of JSON that the format allows, and nothing else.
//!
//! The format's objects are nested two deep, so no recursion has to be bounded. A key that the format does not have,
//! a key given twice and a number that is not a plain integer are errors. It does not look at the data.

use std::collections::BTreeSet;

use super::error::Error;
use super::{Dtype, LENGTH};

/// The key of the metadata.
const METADATA: &str = "__metadata__";

/// The header's entry for one tensor.
pub(super) struct Info {
    /// Where its entry begins in the file.
    pub(super) at: usize,
    pub(super) name: String,
    /// The type, or the name of an unknown type.
    pub(super) dtype: Result<Dtype, String>,
    pub(super) shape: Vec<usize>,
    /// Its bytes, counted from the beginning of the data.
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// Reads the whole header.
pub(super) fn read(header: &[u8]) -> Result<Vec<Info>, Error> {
    let text = std::str::from_utf8(header).map_err(|error| Error::NotUtf8 {
        at: LENGTH + error.valid_up_to(),
    })?;
    let mut reader = Reader { text, position: 0 };
    let mut infos = Vec::new();
    let mut seen = BTreeSet::new();
    reader.object(|reader, at, name| {
        if name == METADATA {
            reader.object(|reader, _, _| reader.string().map(|_| ()))?;
        } else {
            infos.push(reader.info(at, name.clone())?);
        }
        if seen.contains(&name) {
            return Err(Error::Twice { at, name });
        }
        seen.insert(name);
        Ok(())
    })?;
    reader.space();
    if reader.position < text.len() {
        return reader.expected("the end of the header");
    }
    Ok(infos)
}

struct Reader<'a> {
    text: &'a str,
    /// Where the next character begins; always between two characters.
    position: usize,
}

impl<'a> Reader<'a> {
    fn info(&mut self, at: usize, name: String) -> Result<Info, Error> {
        let (mut dtype, mut shape, mut offsets) = (None, None, None);
        let begin = self.position;
        self.object(|reader, at, key| {
            let twice = match key.as_str() {
                "dtype" => dtype.replace(reader.dtype()?).is_some(),
                "shape" => shape.replace(reader.integers()?).is_some(),
                "data_offsets" => offsets.replace(reader.integers()?).is_some(),
                _ => return Err(Error::Key { at, found: key }),
            };
            if twice {
                return Err(Error::Twice { at, name: key });
            }
            Ok(())
        })?;
        let missing = |key| Error::NoKey {
            at: LENGTH + begin,
            name: name.clone(),
            key,
        };
        let dtype = dtype.ok_or_else(|| missing("dtype"))?;
        let shape = shape.ok_or_else(|| missing("shape"))?;
        let offsets = offsets.ok_or_else(|| missing("data_offsets"))?;
        let &[begin, end] = offsets.as_slice() else {
            return Err(Error::Offsets {
                at,
                name,
                found: offsets.len(),
            });
        };
        Ok(Info {
            at,
            name,
            dtype,
            shape,
            begin,
            end,
        })
    }

    fn dtype(&mut self) -> Result<Result<Dtype, String>, Error> {
        let name = self.string()?;
        Ok(Dtype::parse(&name).ok_or(name))
    }

    /// Reads an object, and passes each key with its position to `entry`, which reads the value.
    fn object(
        &mut self,
        mut entry: impl FnMut(&mut Self, usize, String) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.take('{', "an object, `{`")?;
        if self.takes('}') {
            return Ok(());
        }
        loop {
            self.space();
            let at = self.at();
            let key = self.string()?;
            self.take(':', "`:`")?;
            entry(self, at, key)?;
            if self.takes('}') {
                return Ok(());
            }
            self.take(',', "`,` or `}`")?;
        }
    }

    fn integers(&mut self) -> Result<Vec<usize>, Error> {
        self.take('[', "an array, `[`")?;
        let mut integers = Vec::new();
        if self.takes(']') {
            return Ok(integers);
        }
        loop {
            integers.push(self.integer()?);
            if self.takes(']') {
                return Ok(integers);
            }
            self.take(',', "`,` or `]`")?;
        }
    }

    fn integer(&mut self) -> Result<usize, Error> {
        self.space();
        let rest = self.rest();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = &rest[..digits];
        let plain = number == "0" || !number.starts_with('0');
        match number.parse() {
            Ok(integer) if plain => {
                self.position += digits;
                Ok(integer)
            }
            _ => self.expected("an integer from 0 that fits 64 bits"),
        }
    }

    fn string(&mut self) -> Result<String, Error> {
        self.take('"', "a string, `\"`")?;
        let mut string = String::new();
        loop {
            let before = self.position;
            match self.next() {
                Some('"') => return Ok(string),
                Some('\\') => {
                    let char = self.escaped();
                    let Some(char) = char else {
                        self.position = before;
                        return self.expected("an escape of JSON");
                    };
                    string.push(char);
                }
                Some(char) if char >= ' ' => string.push(char),
                _ => {
                    self.position = before;
                    return self.expected("the rest of a string");
                }
            }
        }
    }

    /// The character that an escape stands for, after the backslash.
    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            quoted @ ('"' | '\\' | '/') => quoted,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let high = self.unit()?;
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high);
                }
                // The first half of a surrogate pair; the second must follow.
                let (Some('\\'), Some('u')) = (self.next(), self.next()) else {
                    return None;
                };
                let low = self.unit()?;
                if !(0xdc00..0xe000).contains(&low) {
                    return None;
                }
                return char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |unit, _| Some(unit * 16 + self.next()?.to_digit(16)?))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    fn next(&mut self) -> Option<char> {
        let char = self.rest().chars().next()?;
        self.position += char.len_utf8();
        Some(char)
    }

    fn space(&mut self) {
        let rest = self.rest();
        let kept = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        self.position += rest.len() - kept.len();
    }

    /// Consumes this character if it comes next.
    fn takes(&mut self, char: char) -> bool {
        self.space();
        let there = self.rest().starts_with(char);
        if there {
            self.position += char.len_utf8();
        }
        there
    }

    fn take(&mut self, char: char, expected: &'static str) -> Result<(), Error> {
        if self.takes(char) {
            Ok(())
        } else {
            self.expected(expected)
        }
    }

    fn expected<T>(&self, expected: &'static str) -> Result<T, Error> {
        Err(Error::Json {
            at: self.at(),
            expected,
            found: self.rest().chars().take(12).collect(),
        })
    }

    /// The current position in the file.
    fn at(&self) -> usize {
        LENGTH + self.position
    }
}
