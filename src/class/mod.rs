//! Grading a class: its submissions are found, split into parts, judged in parallel, cached and merged.
//!
//! `cli` says what is wanted and shows and writes what comes of it; [`Grading`] has the steps from one to the other. Each single answer is judged by `grade`, strictly confined.
//! Nothing of a submission is followed through a link, nothing of it is run but its answers, and nothing is written into
//! it. What a result depends on is in its key, so one that is kept is never taken for another. Nothing is printed here.

mod archive;
mod deal;
mod draft;
mod error;
mod exports;
mod find;
mod grading;
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
pub use draft::Draft;
pub use error::ClassError;
pub use find::{Class, SubmissionFiles, find, submission};
pub use grading::{Grading, GradingError, Source};
pub use journal::Journal;
pub use merge::{MergeError, merge};
pub use plan::{Plan, Settings, Tell, about};
pub use run::{Step, run};
pub use work::{RecordOrigin, Work};
