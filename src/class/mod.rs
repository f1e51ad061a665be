//! Grading a class: its submissions are found, split into parts, judged in parallel, cached and merged.
//!
//! `cli` calls the steps below and connects them with reports and the screen; `grade` judges each answer, strictly
//! confined. No link in a submission is followed, only its answers are run, and nothing is written into it. The key
//! of a cached result contains everything that it depends on, so a result is never used for another answer. Nothing
//! is printed here.

mod archive;
mod deal;
mod error;
mod exports;
mod find;
mod journal;
mod keep;
mod merge;
mod name;
mod one;
mod place;
mod plan;
mod run;
mod shared;
mod stage;
mod unpack;
mod work;

pub use deal::{Deal, DealError};
pub use error::ClassError;
pub use find::{Class, SubmissionFiles, find, single, submission};
pub use journal::Journal;
pub use merge::{MergeError, merge};
pub use plan::{Plan, Settings, Tell, about, tracks};
pub use run::{Step, run};
pub use work::{RecordOrigin, Work};
