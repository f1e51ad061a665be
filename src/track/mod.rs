//! A track is a language a kata can be solved in. It opens a [`Session`], which turns answers into outputs.
//!
//! A track builds programs and communicates with them; it never compares outputs and never prints. [`TRACKS`] lists
//! all tracks.

mod author;
mod batch;
mod error;
mod language;
mod lock;
mod outcome;
mod programs;
pub mod python;
pub mod rust;
mod session;
mod sessions;
mod stamp;
pub mod wire;

pub use author::{Change, MOST_MUTANTS, Mutant, Variant};
pub use error::{Fault, TrackError};
pub use language::{Finding, Progress, Track};
pub use session::{Answer, CaseOutcome, Held, Prepared, Purpose, Session, Tools};
pub use sessions::Sessions;

use std::path::Path;

use crate::catalog::{CatalogError, Kata};

/// Every track, in the order in which answers are looked for.
pub const TRACKS: &[&dyn Track] = &[&rust::RUST, &python::PYTHON];

/// The tracks of a kata: those it has a starter for.
///
/// # Errors
/// When it has none.
pub fn offered(kata: &Kata) -> Result<Vec<&'static dyn Track>, CatalogError> {
    let all = TRACKS.iter().copied();
    let offered: Vec<_> = all
        .filter(|track| kata.has_starter(track.extension()))
        .collect();
    if offered.is_empty() {
        // The error of reading it says which file is missing.
        for track in TRACKS {
            kata.starter(track.extension())?;
        }
    }
    Ok(offered)
}

/// The track with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static dyn Track> {
    TRACKS.iter().copied().find(|track| track.name() == name)
}

/// The track of an answer, by its file extension.
#[must_use]
pub fn of_file(file: &Path) -> Option<&'static dyn Track> {
    let extension = file.extension()?;
    let mut all = TRACKS.iter().copied();
    all.find(|track| extension == track.extension())
}
