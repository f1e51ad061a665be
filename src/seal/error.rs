//! Errors in creating, reading and decrypting locks.

use super::bounds::{Cost, FORMAT, LARGEST_KEY, LARGEST_LOCK};

/// A lock could not be created, read or decrypted. No message contains a key, an input or an output.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The system lacks memory or random numbers.
    #[error("{0}")]
    System(String),
    /// The cost in a lock exceeds the limit.
    #[error("its hashes need {} MiB and {} passes, which is more than katas allows", cost.memory_kib / 1024, cost.passes)]
    TooCostly {
        /// The cost.
        cost: Cost,
    },
    /// It is too large, or not a regular file.
    #[error("it is not a regular file, or it is larger than {} MiB", LARGEST_LOCK >> 20)]
    TooLarge,
    /// It does not exist, and a hidden case needs it.
    #[error("there is no such file, and the hidden case `{case}` cannot be judged without it")]
    Missing {
        /// The case's name.
        case: String,
    },
    /// A newer `katas` created it.
    #[error(
        "it was made by a newer version of katas: it has format {format}, and this version reads format {FORMAT}"
    )]
    Newer {
        /// Its format.
        format: u64,
    },
    /// An older `katas` created it.
    #[error(
        "it was made by an older version of katas: it has format {format}, and this version reads format {FORMAT}"
    )]
    Older {
        /// Its format.
        format: u64,
    },
    /// It is not a lock.
    #[error("it is not a lock file: {says}")]
    NoLock {
        /// The parser's message, which contains positions and keys but never values.
        says: String,
    },
    /// Its contents were changed.
    #[error("it was edited or damaged after it was made")]
    Changed,
    /// It belongs to another kata.
    #[error("it was made for the kata `{kata}`")]
    OtherKata {
        /// The other kata.
        kata: String,
    },
    /// The spec has changed since.
    #[error("kata.yaml was changed after it was made")]
    Stale,
    /// It lacks a hidden case.
    #[error("it does not include the hidden case `{case}`")]
    NoCase {
        /// The case's name.
        case: String,
    },
    /// The class key is wrong.
    #[error("this is not the class key that the sealed cases were encrypted with")]
    WrongKey,
    /// The class key is right, but a case cannot be decrypted.
    #[error("the sealed case `{case}` is damaged")]
    Damaged {
        /// The case's name.
        case: String,
    },
    /// There are sealed cases to encrypt but no key.
    #[error("there are sealed cases, but no class key to encrypt them with")]
    NoKey,
    /// The class key is empty or far too short.
    #[error("the class key is shorter than {least} characters")]
    ShortKey {
        /// The minimum length.
        least: usize,
    },
    /// The class key is too long.
    #[error("the class key is longer than {} bytes", LARGEST_KEY)]
    LongKey,
    /// A hidden case has no expected output.
    #[error("there is no expected output for the hidden case `{case}`")]
    NoOutput {
        /// The case's name.
        case: String,
    },
}
