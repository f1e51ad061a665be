//! Secrets: digests of hidden outputs, the encrypted reference solution, sealed cases; and `kata.lock`, which
//! contains them.
//!
//! `catalog` reads the lock, `grade` uses it to judge outputs, and `katas author` creates and checks it. Nothing here
//! runs programs or compares two outputs. SECURITY.md describes what each part protects, and against whom.

mod bounds;
pub mod canonical;
mod check;
mod cipher;
mod digests;
mod error;
mod freedom;
pub mod hex;
mod key;
mod layout;
mod lock;
mod make;
mod memo;
mod mistake;
mod near;
mod origin;
mod pairs;
mod parts;
mod recorded;
mod sealed;
mod short;
mod slow;
mod solution;

pub use bounds::{COST, Cost, LARGEST_KEY, LARGEST_LOCK};
pub use check::{Finding, check, freedoms};
pub use digests::{Digester, Pace, Question};
pub use error::SealError;
pub use freedom::Freedom;
pub use key::{ClassKey, KEY_VARIABLE};
pub use lock::{Commitment, Lock};
pub use make::make;
pub use mistake::{Fingerprint, Mistake, Recorded};
pub use near::Near;
pub use pairs::{Other, Pairs, Probe};
pub use parts::{Parts, Used};
pub use short::ShortDigest;
/// Bytes that are wiped on drop; the crate is named only here.
pub use zeroize::Zeroizing;

#[cfg(test)]
mod tests;
