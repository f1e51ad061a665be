//! Parses the files that authors write: `kata.yaml` to `Spec`, `hidden.yaml` to expected values, `course.yaml` to
//! `Course`.
//!
//! Each is read whole, and everything wrong with it is reported at once, with the line, the column, a picture and
//! what to write instead. Nothing here reads a folder: the caller passes the text, and a function for the files
//! that a spec names.

mod cases;
mod course;
mod dims;
mod document;
mod expr;
mod fault;
mod faults;
mod fields;
mod hidden;
mod kata;
mod model;
mod names;
mod needs;
mod parts;
mod picture;
mod pitfalls;
mod rules;
mod sealed;
mod similar;
mod submitters;
mod types;
mod values;
mod yaml;

pub use course::{Chapter, Course, Credit, SealedResults, parse_course};
pub use expr::{EvalError, Expr, Operator};
pub use fault::{Fault, Span};
pub use faults::Faults;
pub use hidden::parse_hidden;
pub use kata::parse;
pub use model::{Case, CaseKind, Difficulty, KataLimits, OPEN, Param, Part, Pitfall, Spec, Type};
pub use names::is_id;
pub use picture::Look;
pub use rules::tolerance_examples;
pub use sealed::parse_sealed;
pub use submitters::{Submitters, parse_submitters};
pub use types::parse_type;
pub use values::ReadFile;

#[cfg(test)]
mod tests;
