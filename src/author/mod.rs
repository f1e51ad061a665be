//! Tools for authors of katas: checking pitfalls against cases, running mutants and variants of a solution, and
//! creating new katas.
//!
//! `katas author` calls it. Files are read and programs run through `catalog` and `grade`; nothing here prints.

mod changed;
mod check;
mod described;
mod inputs;
mod listing;
mod matrix;
mod operations;
mod pairs;
mod pitfalls;
mod runner;
mod sealing;
mod signature;
mod template;
mod traces;
mod tree;
mod trial;
mod trials;
mod used;

pub(crate) use changed::run_changed;
pub(crate) use check::{Depth, Mutants, Report, check};
pub(crate) use described::{described, entry};
pub(crate) use listing::listed;
pub(crate) use matrix::{Cell, Matrix, Row};
pub(crate) use pairs::pairs;
pub(crate) use pitfalls::{WrongAnswers, matrix};
pub(crate) use sealing::Sealing;
pub(crate) use signature::{Signature, SignatureError};
pub(crate) use template::{NewKata, TemplateError, files};
use tree::Text;
pub(crate) use tree::Tree;
pub(crate) use trial::{Bench, Patience, Trial};
pub(crate) use trials::trials;
pub(crate) use used::used;

use crate::catalog::CatalogError;
use crate::files::FileError;
use crate::grade::GradeError;
use crate::track::TrackError;

/// The placeholder in a new kata for what only a person can write.
pub(crate) use crate::spec::OPEN;

/// An author's command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthorError {
    /// A file of the course is missing or wrong.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// A program could not be built or run, through no fault of the program.
    #[error(transparent)]
    Grade(#[from] GradeError),
    /// The tools are missing or broken.
    #[error(transparent)]
    Track(#[from] TrackError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}
