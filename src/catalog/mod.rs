//! Courses on disk and the embedded one: finding katas, their statements, hints, starters and hidden cases.
//!
//! The catalog reads files and knows where they are. It knows languages only by file extension, and judges nothing.

mod course;
pub(crate) mod embedded;
mod error;
mod hints;
mod inputs;
mod kata;
mod language;
mod reference;
mod secrets;
mod solutions;
mod wrong;

pub use course::{Course, is_built_in, near};
pub use error::CatalogError;
pub use hints::Hint;
pub(crate) use inputs::read_input;
pub use kata::Kata;
pub use language::in_language;
pub use wrong::{Wrong, is_diff, merged};
