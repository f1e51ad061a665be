//! What the makers of katas need: checking pitfalls against cases, running mutants and variants of a solution, new katas.
//!
//! `katas author` calls it. Files are read and programs run through `catalog` and `grade`; nothing here prints.

mod check;
mod described;
mod listing;
mod matrix;
mod operations;
mod signature;
mod template;
mod tree;
mod trial;
mod used;

pub use check::{Depth, Mutants, Report, check, matrix};
pub use described::{described, entry};
pub use listing::listed;
pub use matrix::{Cell, Matrix, Row};
pub use signature::{Signature, SignatureError};
pub use template::{NewFile, TemplateError, Wanted, files};
pub use tree::{Text, Tree};
pub use trial::{Bench, Trial};
pub use used::used;

use crate::catalog::CatalogError;
use crate::files::FileError;
use crate::grade::GradeError;
use crate::track::TrackError;

/// What stands in a new kata where only a person can go on.
pub const OPEN: &str = "TODO";

/// Something keeps an author's command from its work.
#[derive(Debug, thiserror::Error)]
pub enum AuthorError {
    /// A file of the course is missing or wrong.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// A program cannot be built or run; it is not to blame.
    #[error(transparent)]
    Grade(#[from] GradeError),
    /// The tools are missing or broken.
    #[error(transparent)]
    Track(#[from] TrackError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}
