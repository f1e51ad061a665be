//! The cache of slow digests: an unchanged answer is judged immediately.
//!
//! There is one small file for each salt and cost, with a line for each output: the SHA-256 of its canonical form,
//! its slow digest, and the SHA-256 of the two. The file is untrusted: malformed or damaged lines are skipped.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::Cost;
use super::hex::{Hex, encode};
use crate::files::{self, Cache};

/// The maximum number of outputs cached per case; the oldest are dropped.
const MOST_LINES: usize = 256;
const MOST_BYTES: u64 = 64 * 1024;

/// The cached digests of one case.
pub(super) struct Memo {
    path: PathBuf,
    lines: Vec<(Hex<32>, Hex<32>)>,
}

impl Memo {
    pub(super) fn of(cache: &Cache, salt: Hex<16>, cost: Cost) -> Self {
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = cost;
        let name = format!("{}-{memory_kib}-{passes}-{lanes}", encode(&salt.0));
        let path = cache.folder().join("digests").join(name);
        let bytes = files::read_bounded(&path, MOST_BYTES).ok().flatten();
        let text = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
        let line = |line: &str| {
            let (text, check) = line.rsplit_once(' ')?;
            let (output, digest) = text.split_once(' ')?;
            let is_whole = Hex::parse(check)? == quick(text.as_bytes());
            is_whole.then_some((Hex::parse(output)?, Hex::parse(digest)?))
        };
        let lines = text.lines().filter_map(line).collect();
        Self { path, lines }
    }

    pub(super) fn get(&self, canonical: &[u8]) -> Option<Hex<32>> {
        let output = quick(canonical);
        let found = self.lines.iter().find(|(known, _)| *known == output);
        found.map(|(_, digest)| *digest)
    }

    /// Stores a digest. A cache that cannot be written only costs time.
    pub(super) fn put(&mut self, canonical: &[u8], digest: Hex<32>) {
        self.lines.push((quick(canonical), digest));
        let start = self.lines.len().saturating_sub(MOST_LINES);
        let lines = self.lines[start..].iter().map(|(output, digest)| {
            let text = format!("{} {}", encode(&output.0), encode(&digest.0));
            format!("{text} {}\n", encode(&quick(text.as_bytes()).0))
        });
        let text: String = lines.collect();
        let _ = files::write_whole(&self.path, text.as_bytes());
    }
}

fn quick(canonical: &[u8]) -> Hex<32> {
    Hex(Sha256::digest(canonical).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_digest_is_computed_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let cost = Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        };
        let memo = || Memo::of(&cache, Hex([1; 16]), cost);
        memo().put(b"output", Hex([2; 32]));
        assert_eq!(memo().get(b"output"), Some(Hex([2; 32])));
        let path = memo().path;
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replacen(" 02", " 03", 1)).unwrap();
        assert_eq!(memo().get(b"output"), None);
    }
}
