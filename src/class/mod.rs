//! Grading a class: its submissions are found, split into parts, judged in parallel, cached and merged.
//!
//! `cli` passes the options and writes the results; [`Grading`] has the steps in between. `grade` judges each answer,
//! under the strictest confinement. In a submission, no link is followed, nothing is run except its answers, and
//! nothing is written. The key of a cached result contains everything that the result depends on. Nothing here
//! prints.

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
