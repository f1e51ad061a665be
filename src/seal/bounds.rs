//! What a lock and a key may take: bytes, memory and time.

use serde::{Deserialize, Serialize};

/// The most bytes a lock may have. Real ones have some thousand.
pub const LARGEST_LOCK: u64 = 16 << 20;

/// The most bytes a key may have.
pub const LARGEST_KEY: u64 = 4096;

/// What one digest uses up. Each lock records its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Number of Argon2 passes.
    pub passes: u32,
    /// How many parts of the memory could be filled at once.
    pub lanes: u32,
}

/// What `katas author seal` uses. OWASP asks for at least 19 MiB and two passes; see SECURITY.md for what it takes.
pub const COST: Cost = Cost {
    memory_kib: 32 * 1024,
    passes: 3,
    lanes: 1,
};
