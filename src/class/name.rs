//! Untrusted names of people, submissions and files, shortened for tables.

use sha2::{Digest, Sha256};

use crate::printable;
use crate::seal::hex::encode;

/// The maximum number of characters of a name; file systems allow 255 bytes, and a zip or a form 65,000.
const MOST: usize = 200;

/// The number of characters that are kept of a longer name.
const KEPT: usize = 160;

/// Returns a name as one printable line; a long one is truncated and ends in a digest, so that distinct names stay
/// distinct.
pub(super) fn short(name: &str) -> String {
    let shown = printable::line(name);
    if shown.chars().nth(MOST).is_none() {
        return shown.into_owned();
    }
    let start: String = shown.chars().take(KEPT).collect();
    let digest = encode(&Sha256::digest(name)[..4]);
    format!("{start}…{digest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_and_stays_another() {
        assert_eq!(short("Ana Lú\n"), "Ana Lú\\u{a}");
        let most = "é".repeat(MOST);
        assert_eq!(short(&most), most);
        let (one, other) = (short(&format!("{most}a")), short(&format!("{most}b")));
        assert_eq!(one.chars().count(), KEPT + 1 + 8);
        assert!(one.starts_with(&"é".repeat(KEPT)) && one != other);
        assert_eq!(short(&one), one);
    }
}
