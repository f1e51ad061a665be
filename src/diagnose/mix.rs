//! A function that mixes the bits of a number: for sums that distinguish multisets, and for numbers without a pattern.

/// What successive numbers are apart before they are mixed: 2^64 divided by the golden ratio.
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The next number of SplitMix64 in this state (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// 2014).
pub(crate) fn mix(state: u64) -> u64 {
    let mut mixed = state.wrapping_add(GOLDEN);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}
