//! Bytes as hexadecimal text, as `kata.lock` stores them.

use data_encoding::HEXLOWER;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A fixed number of bytes: a salt, a nonce, a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hex<const N: usize>(pub [u8; N]);

/// Any number of bytes: a ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexText(pub Vec<u8>);

/// Writes bytes as lowercase hexadecimal digits.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// Reads pairs of lowercase hexadecimal digits; anything else is refused, so that every value has one spelling.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    HEXLOWER.decode(text.as_bytes()).ok()
}

impl<const N: usize> Hex<N> {
    /// Returns fresh random bytes from the system.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn random() -> Result<Self, super::SealError> {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes)
            .map_err(|error| super::SealError::System(format!("no random numbers: {error}")))?;
        Ok(Self(bytes))
    }

    /// Reads exactly `N` bytes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        decode(text)?.try_into().ok().map(Self)
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("not {N} bytes in hexadecimal")))
    }
}

impl Serialize for HexText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for HexText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = decode(&text).ok_or_else(|| D::Error::custom("not bytes in hexadecimal"))?;
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_read_back_and_has_one_spelling() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all)), Some(all));
        assert_eq!(encode(&[0x0a, 0xf0]), "0af0");
        for wrong in ["0", "0A", "0g", " 00", "é"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
        assert_eq!(Hex::<2>::parse("000102"), None);
        assert_eq!(decode(""), Some(vec![]));
    }
}
