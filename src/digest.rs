//! Digests of several parts.

use sha2::{Digest, Sha256};

/// SHA-256 of length-prefixed parts, so that their boundaries are unambiguous.
#[derive(Clone, Debug, Default)]
pub(crate) struct PartsDigest(Sha256);

impl PartsDigest {
    /// Adds a part.
    pub(crate) fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// Returns the digest of the parts that were added.
    #[must_use]
    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Returns the digest of some parts.
#[must_use]
pub(crate) fn of_parts<T: AsRef<[u8]>>(parts: impl IntoIterator<Item = T>) -> [u8; 32] {
    let mut digest = PartsDigest::default();
    parts.into_iter().for_each(|part| digest.add(part));
    digest.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    /// `printf '\x01\0\0\0\0\0\0\0a\x02\0\0\0\0\0\0\0bc' | sha256sum`
    #[test]
    fn each_part_has_its_length_before_it() {
        assert_eq!(
            HEXLOWER.encode(&of_parts(["a", "bc"])),
            "9a8acca1b6c6c0befd3fbc756aed625da998c998f7252e738c4ef061906b9b21"
        );
        assert_ne!(of_parts(["a", "bc"]), of_parts(["ab", "c"]));
    }
}
