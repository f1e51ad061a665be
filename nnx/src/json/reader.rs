//! Reads a JSON text piece by piece, for [`parse`](super::parse) and for the header of a safetensors file.
//!
//! The caller says what comes next, so it can refuse what its format does not have. Nothing here is recursive: the
//! caller limits how deep values are nested.

/// What was expected at a position of the text.
pub(crate) struct Fault {
    /// The position, in bytes.
    pub(crate) at: usize,
    pub(crate) expected: &'static str,
    /// The next characters; none at the end of the text.
    pub(crate) found: String,
}

pub(crate) struct Reader<'a> {
    text: &'a str,
    /// Where the next character begins; always between two characters.
    position: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, position: 0 }
    }

    /// The current position, in bytes.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Reads an object, and passes each key with its position to `entry`, which reads the value.
    pub(crate) fn object<E: From<Fault>>(
        &mut self,
        mut entry: impl FnMut(&mut Self, usize, String) -> Result<(), E>,
    ) -> Result<(), E> {
        self.take("{", "an object, `{`")?;
        if self.takes("}") {
            return Ok(());
        }
        loop {
            self.space();
            let at = self.position;
            let key = self.string()?;
            self.take(":", "`:`")?;
            entry(self, at, key)?;
            if self.takes("}") {
                return Ok(());
            }
            self.take(",", "`,` or `}`")?;
        }
    }

    /// Reads an array, each element with `element`.
    pub(crate) fn array<E: From<Fault>>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.take("[", "an array, `[`")?;
        if self.takes("]") {
            return Ok(());
        }
        loop {
            element(self)?;
            if self.takes("]") {
                return Ok(());
            }
            self.take(",", "`,` or `]`")?;
        }
    }

    pub(crate) fn string(&mut self) -> Result<String, Fault> {
        self.take("\"", "a string, `\"`")?;
        let mut string = String::new();
        loop {
            let before = self.position;
            match self.next() {
                Some('"') => return Ok(string),
                Some('\\') => {
                    let char = self.escaped();
                    string.push(char.ok_or_else(|| self.fault_at(before, "an escape of JSON"))?);
                }
                Some(char) if char >= ' ' => string.push(char),
                _ => return Err(self.fault_at(before, "the rest of a string")),
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

    /// Reads a number, and returns it as it is written.
    pub(crate) fn number(&mut self) -> Result<&'a str, Fault> {
        self.space();
        let begin = self.position;
        self.follows("-");
        // A number with a leading zero ends after that zero, and what follows is not expected.
        if !self.follows("0") {
            self.some_digits()?;
        }
        if self.follows(".") {
            self.some_digits()?;
        }
        if self.follows("e") || self.follows("E") {
            let _signed = self.follows("+") || self.follows("-");
            self.some_digits()?;
        }
        Ok(&self.text[begin..self.position])
    }

    fn some_digits(&mut self) -> Result<(), Fault> {
        match self.digits() {
            "" => Err(self.fault("a digit")),
            _ => Ok(()),
        }
    }

    /// Consumes the digits that come next, perhaps none.
    pub(crate) fn digits(&mut self) -> &'a str {
        let rest = self.rest();
        let left = rest.trim_start_matches(|char: char| char.is_ascii_digit());
        let digits = &rest[..rest.len() - left.len()];
        self.position += digits.len();
        digits
    }

    pub(crate) fn space(&mut self) {
        let rest = self.rest();
        let kept = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        self.position += rest.len() - kept.len();
    }

    /// Checks that only whitespace is left.
    pub(crate) fn end(&mut self, expected: &'static str) -> Result<(), Fault> {
        self.space();
        match self.rest() {
            "" => Ok(()),
            _ => Err(self.fault(expected)),
        }
    }

    /// The next character after whitespace; the character is not consumed.
    pub(crate) fn peek(&mut self) -> Option<char> {
        self.space();
        self.rest().chars().next()
    }

    pub(crate) fn fault(&self, expected: &'static str) -> Fault {
        self.fault_at(self.position, expected)
    }

    pub(crate) fn fault_at(&self, at: usize, expected: &'static str) -> Fault {
        Fault {
            at,
            expected,
            found: self.text[at..].chars().take(12).collect(),
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    fn next(&mut self) -> Option<char> {
        let char = self.rest().chars().next()?;
        self.position += char.len_utf8();
        Some(char)
    }

    /// Consumes this text if it comes next, without whitespace before it.
    pub(crate) fn follows(&mut self, text: &str) -> bool {
        let there = self.rest().starts_with(text);
        if there {
            self.position += text.len();
        }
        there
    }

    /// Consumes this text if it comes next, perhaps after whitespace.
    fn takes(&mut self, text: &str) -> bool {
        self.space();
        self.follows(text)
    }

    fn take(&mut self, text: &str, expected: &'static str) -> Result<(), Fault> {
        match self.takes(text) {
            true => Ok(()),
            false => Err(self.fault(expected)),
        }
    }
}
