//! Winnowing: the smallest hash in every window of run hashes is a fingerprint. So any shared run of [`FOUND`] tokens
//! has a shared fingerprint, but most runs have none.

/// Runs of this many tokens in a row are compared; shorter ones are noise.
pub(crate) const NOISE: usize = 10;
/// A shared run of this many tokens is always found.
pub(crate) const FOUND: usize = 15;
/// The number of runs in a window: the paper's w = t − k + 1.
const WINDOW: usize = FOUND - NOISE + 1;

/// A fingerprint and the token that its run begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    pub(super) hash: u64,
    pub(super) at: usize,
}

/// The hash of each run of [`NOISE`] symbols.
pub(super) fn hashes(symbols: &[u64]) -> Vec<u64> {
    symbols.windows(NOISE).map(hash).collect()
}

/// The hash of some symbols.
pub(super) fn hash(symbols: &[u64]) -> u64 {
    // FNV over whole symbols, with a final mixing step: which hash is the smallest must not depend on the symbols'
    // values.
    let sum = symbols
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, symbol| {
            (sum.rotate_left(23) ^ symbol).wrapping_mul(0x0100_0000_01b3)
        });
    (sum ^ (sum >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// Chooses the smallest hash of each window, each once: among equal ones the one already chosen, or else the
/// rightmost.
///
/// (The paper calls this robust winnowing; a repetitive text then has far fewer fingerprints.)
pub(super) fn winnow(hashes: &[u64]) -> Vec<Print> {
    let mut chosen: Vec<Print> = Vec::new();
    for (start, window) in hashes.windows(WINDOW.min(hashes.len()).max(1)).enumerate() {
        let smallest = window
            .iter()
            .enumerate()
            .rev()
            .min_by_key(|(_, hash)| **hash);
        let Some((offset, hash)) = smallest else {
            continue;
        };
        let stands = |last: &Print| last.at >= start && last.hash == *hash;
        if !chosen.last().is_some_and(stands) {
            let at = start + offset;
            chosen.push(Print { hash: *hash, at });
        }
    }
    chosen
}
