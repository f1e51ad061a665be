//! A track is a language a kata can be solved in. It opens a [`Session`], which turns answers into outputs.
//!
//! A track builds and runs answers; it never compares and never prints. [`Tracks`] is the list of tracks, which
//! `main` creates.

mod api;
mod author;
mod batch;
mod error;
mod language;
mod lock;
// The list is that of the teaching crate, which contains the names in Flax.
#[path = "../../nnx/src/operations.rs"]
mod operations;
mod outcome;
mod programs;
pub mod python;
pub mod rust;
mod session;
mod sessions;
mod stamp;
mod tracks;
pub mod wire;

pub use api::Api;
pub use author::{Change, Combined, MOST_MUTANTS, Mutant, Variant};
pub use error::{Fault, TrackError};
pub use language::{Finding, Progress, Track};
pub use session::{Answer, CaseOutcome, Held, Prepared, Purpose, Session, Tools};
pub use sessions::Sessions;
pub use tracks::Tracks;
