//! Why a lock cannot be made, read or opened.

use super::bounds::{Cost, LARGEST_KEY, LARGEST_LOCK};

/// A lock cannot be made, read or opened. No message holds a key, an input or an output.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The system lacks memory or random numbers.
    #[error("{0}")]
    System(String),
    /// A lock asks for more than anyone should do for it.
    #[error("its hashes need {} MiB and {} passes, which is more than katas allows", cost.memory_kib / 1024, cost.passes)]
    TooCostly {
        /// What it asks for.
        cost: Cost,
    },
    /// It is larger than any lock, or no ordinary file.
    #[error("it is not a regular file, or it is larger than {} MiB", LARGEST_LOCK >> 20)]
    TooLarge,
    /// It is not there, and a hidden case needs it.
    #[error("there is no such file, and the hidden case `{case}` cannot be judged without it")]
    Missing {
        /// The case's name.
        case: String,
    },
    /// A newer `katas` made it.
    #[error(
        "it was made by a newer katas: it has format {format}, and this version reads format 1"
    )]
    Newer {
        /// Its format.
        format: u64,
    },
    /// It is no lock.
    #[error("it is not a lock file: {says}")]
    NoLock {
        /// What the reader said; it names places and keys, never values.
        says: String,
    },
    /// Its contents are not those it was made with.
    #[error("it was edited or damaged after it was made")]
    Changed,
    /// It belongs to another kata.
    #[error("it was made for the kata `{kata}`")]
    OtherKata {
        /// The other kata.
        kata: String,
    },
    /// The spec was changed since.
    #[error("kata.yaml was changed after it was made")]
    Stale,
    /// It lacks what a hidden case expects.
    #[error("it does not include the hidden case `{case}`")]
    NoCase {
        /// The case's name.
        case: String,
    },
    /// The class key is another.
    #[error("this is not the class key that the sealed cases were encrypted with")]
    WrongKey,
    /// The class key is right, and yet a case does not open.
    #[error("the sealed case `{case}` is damaged")]
    Damaged {
        /// The case's name.
        case: String,
    },
    /// There are sealed cases to encrypt and no key to do it with.
    #[error("there are sealed cases, but no class key to encrypt them with")]
    NoKey,
    /// The class key is empty or far too short.
    #[error("the class key is shorter than {least} characters")]
    ShortKey {
        /// The least there must be.
        least: usize,
    },
    /// The class key is too long to be one.
    #[error("the class key is longer than {} bytes", LARGEST_KEY)]
    LongKey,
    /// A hidden case has no expected output.
    #[error("there is no expected output for the hidden case `{case}`")]
    NoOutput {
        /// The case's name.
        case: String,
    },
}
