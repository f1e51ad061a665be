//! The first bytes of a digest, which recognize an output of a known mistake. A right output is recognized by its whole
//! digest: only there does anyone gain from another output with the same one.

use sha2::{Digest, Sha256};

use super::hex::Hex;

/// The start of a digest. Two of the thousand in a lock are alike once in 10^13 locks.
pub type ShortDigest = Hex<8>;

impl ShortDigest {
    /// The start of the SHA-256 of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::start_of(&Sha256::digest(bytes).into())
    }

    /// The start of a digest.
    #[must_use]
    pub fn start_of(digest: &[u8; 32]) -> Self {
        let mut start = [0; 8];
        start.copy_from_slice(&digest[..8]);
        Self(start)
    }
}
