//! Limits of locks and keys: version, size, memory and time.

use serde::{Deserialize, Serialize};

/// The version of locks that this program writes and reads.
pub(super) const FORMAT: u32 = 2;

/// The maximum size of a lock in bytes. Real ones have at most 150 thousand.
pub const LARGEST_LOCK: u64 = 16 << 20;

/// The maximum size of a key in bytes.
pub const LARGEST_KEY: u64 = 4096;

/// The Argon2 cost of a digest. Each lock records its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Number of Argon2 passes.
    pub passes: u32,
    /// Number of Argon2 lanes.
    pub lanes: u32,
}

/// The cost that `katas author seal` uses. OWASP recommends at least 19 MiB and two passes; SECURITY.md has measured
/// times.
pub const COST: Cost = Cost {
    memory_kib: 32 * 1024,
    passes: 3,
    lanes: 1,
};
