//! The class key, which only the teacher has.
//!
//! It is kept in memory only as long as it is needed, then wiped, and never shown, not even by `{:?}`.

use std::fmt;

use super::hex::{Hex, encode};
use super::slow::{self, Digest, Purpose};
use super::{COST, Cost, LARGEST_KEY, SealError, Zeroizing};

/// The environment variable that may hold the key.
pub const KEY_VARIABLE: &str = "KATAS_CLASS_KEY";

/// The minimum length in characters of a key for new sealed cases.
const LEAST: usize = 12;

/// A class key: a passphrase, or the contents of a key file.
///
/// Both are hashed with Argon2id; surrounding whitespace is ignored, so that a key file may end with a newline.
pub struct ClassKey(Zeroizing<Vec<u8>>);

impl ClassKey {
    /// Creates a key.
    ///
    /// # Errors
    /// When it is too short or too long.
    pub fn new(bytes: Zeroizing<Vec<u8>>) -> Result<Self, SealError> {
        if bytes.len() as u64 > LARGEST_KEY {
            return Err(SealError::LongKey);
        }
        let trimmed = bytes.trim_ascii();
        if trimmed.len() < LEAST {
            return Err(SealError::ShortKey { least: LEAST });
        }
        Ok(Self(Zeroizing::new(trimmed.to_vec())))
    }

    /// A name that identifies this key; checking a key against it costs as much as decrypting a case.
    ///
    /// # Errors
    /// When there is not enough memory for the digest.
    pub fn name(&self) -> Result<String, SealError> {
        let digest = slow::digest(COST, Purpose::KeyName, b"katas key name 1", &self.0)?;
        Ok(encode(&digest[..8]))
    }

    pub(super) fn derive(&self, cost: Cost, salt: Hex<16>) -> Result<Digest, SealError> {
        slow::digest(cost, Purpose::ClassKey, &salt.0, &self.0)
    }
}

impl fmt::Debug for ClassKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ClassKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Result<ClassKey, SealError> {
        ClassKey::new(Zeroizing::new(text.as_bytes().to_vec()))
    }

    #[test]
    fn a_key_is_never_shown() {
        let shown = format!("{:?}", key("correct horse battery").unwrap());
        assert_eq!(shown, "ClassKey(..)");
        for wrong in ["", "  \n", "qwerty", &"zebra".repeat(2000)] {
            let says = key(wrong).unwrap_err().to_string();
            assert!(wrong.trim().is_empty() || !says.contains(wrong), "{says}");
        }
    }

    #[test]
    fn the_end_of_a_line_is_not_part_of_it() {
        let cost = Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        };
        let derive = |text| key(text).unwrap().derive(cost, Hex([1; 16])).unwrap();
        assert_eq!(derive("correct horse\n"), derive("correct horse"));
        assert_ne!(derive("correct  horse"), derive("correct horse"));
    }
}
